import WeftField
