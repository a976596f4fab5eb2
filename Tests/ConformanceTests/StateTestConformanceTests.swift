import Testing
import WeftEVM
import WeftFixtures

@Suite("Official state tests")
struct StateTestConformanceTests {
  @Test("They are here, or the place to put them is told")
  func presence() throws {
    if try OfficialTests.folder.get() == nil { print(OfficialTests.absence) }
  }

  @Test(
    "State root, logs and refusals are those of the tests", .enabled(if: OfficialTests.isPresent),
    arguments: OfficialTests.suites.filter { !$0.hasSuffix("VMTests") })
  func stateTests(suite: String) throws {
    var options = StateTestDriver.Options()
    options.jobs = 2
    let files = try OfficialTests.sample(suite)
    let report = StateTestDriver(options: options).run(files)
    #expect(report.files == files.count)
    #expect(report.counts.passed > 0)
    for failure in report.failures.prefix(10) { Issue.record("\(failure)") }
    #expect(report.counts.failed == 0)
    // Nothing may be left out but for a reason that is known here.
    for (reason, count) in report.skipReasons.sorted(by: { $0.key < $1.key }) {
      print("\(suite): skipped \(count): \(reason)")
      #expect(reason == "slow, needs --slow" || reason.hasPrefix("precompile not available: "), "\(reason)")
    }
  }

  @Test("VM tests: gas, output, logs and storage of single frames", .enabled(if: OfficialTests.isPresent))
  func vmTests() throws {
    guard let folder = try OfficialTests.folder.get() else { return }
    let files = try FixtureFile.files(below: ["\(folder)/legacytests/Constantinople/VMTests"])
    var runner = VMTestRunner()
    var count = 0
    var slow = 0
    for file in files {
      #if DEBUG
        // Loops of millions of instructions: minutes in unoptimised code.
        if VMTestRunner.isSlow(path: file) {
          slow += 1
          continue
        }
      #endif
      for test in try VMTest.tests(path: file) {
        let problems = runner.problems(of: test)
        #expect(problems == [], "\(test.name)")
        count += 1
      }
    }
    #if DEBUG
      print("VM tests: skipped \(slow) files of vmPerformance in a debug build")
    #endif
    #expect(count + slow == 609)
  }
}
