/// Instructions that one handler carries out.
struct FusedGroup {
  let shapes: [Shape]
  let handler: Handler

  init(_ shapes: Shape..., handler: @escaping Handler) {
    self.shapes = shapes
    self.handler = handler
  }
}
