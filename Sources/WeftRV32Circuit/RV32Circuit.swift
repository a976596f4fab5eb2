public enum RV32Circuit {
  static var timeExemptions: Set<String> { ["Connector", "Service", "HostIdle", "HostAccess(1)", "HostAccess(2)", "HostAccess(3)", "HostAccess(9)", "HostAccess(10)", "HostAccess(11)"] }
}
