internal import Glibc

/// The few functions of the C library that planning needs; none of them is used to draw.
enum PlanningMath {
  static func exp(_ x: Double) -> Double { Glibc.exp(x) }
  static func expm1(_ x: Double) -> Double { Glibc.expm1(x) }
  static func log(_ x: Double) -> Double { Glibc.log(x) }
}
