import Testing
import Glibc
@testable import WeftCurves
func cpu(_ n: Int, _ f: () -> Void) -> Double {
  var best = Double.infinity
  for _ in 0..<7 {
    var a = timespec(), b = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &a)
    for _ in 0..<n { f() }
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b)
    best = min(best, (Double(b.tv_sec - a.tv_sec) * 1e9 + Double(b.tv_nsec - a.tv_nsec)) / Double(n))
  }
  return best
}
@Test func smoke() {
  #expect(BN254.g1.isOnCurve)
  #expect(BN254.g2.isOnCurve)
  #expect(BN254.isInSubgroup(BN254.g2) == true)
  let e = PairingProduct<BN254>.value { $0.append(BN254.g1, BN254.g2); return true }
  #expect((e != .one) == true)
  let k = Limbs4(0x1234567, 0xabcdef, 0, 0xffff_0000_0000_0000)
  let kP = BN254.g1.multiplied(by: k).affine
  let kQ = BN254.g2.multiplied(by: k).affine
  #expect((kP.isOnCurve && kQ.isOnCurve) == true)
  #expect(BN254.isInSubgroup(kQ) == true)
  #expect((PairingProduct<BN254>.value { $0.append(kP, BN254.g2); $0.append(-BN254.g1, kQ); return true } == .one) == true)
  var pairs = [UInt8](repeating: 0, count: 384)
  pairs.withUnsafeMutableBytes { b in
    var o = b.baseAddress!
    for (p, q) in [(kP, BN254.g2), (-BN254.g1, kQ)] {
      for c in [p.x, p.y, q.x.c1, q.x.c0, q.y.c1, q.y.c0] { c.store(bigEndianTo: o); o += 32 }
    }
  }
  pairs.withUnsafeBytes { b in
    print("pairing2", cpu(20) { if BN254.pairingProductIsOne(b.baseAddress!, count: 2) != true { print("BAD") } })
    var out = [UInt8](repeating: 0, count: 64)
    out.withUnsafeMutableBytes { o in
      print("mul", cpu(100) { _ = BN254.multiplyG1(b.baseAddress!, into: o.baseAddress!) })
      print("add", cpu(1000) { _ = BN254.addG1(b.baseAddress!, into: o.baseAddress!) })
    }
  }
  let q = kQ
  print("sub", cpu(20) { if !BN254.isInSubgroup(q) { print("BAD") } })
}
