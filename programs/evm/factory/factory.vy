# pragma version 0.4.3
"""
@notice Creates contracts at addresses that are known before: CREATE2 by init code and salt.
"""

event Created:
    salt: indexed(bytes32)
    target: indexed(address)

count: public(uint256)


@external
@payable
def deploy(code: Bytes[4096], salt: bytes32) -> address:
    target: address = raw_create(code, value=msg.value, salt=salt, revert_on_failure=False)
    assert target != empty(address), "creation failed"
    self.count += 1
    log Created(salt=salt, target=target)
    return target


@external
def clone(target: address, salt: bytes32) -> address:
    """
    @notice A minimal proxy (ERC-1167) for a contract.
    """
    made: address = create_minimal_proxy_to(target, salt=salt)
    self.count += 1
    log Created(salt=salt, target=made)
    return made


@external
@view
def predict(code: Bytes[4096], salt: bytes32) -> address:
    digest: bytes32 = keccak256(concat(0xff, convert(self, bytes20), salt, keccak256(code)))
    return convert(convert(digest, uint256) & (2**160 - 1), address)
