export type Answer = (payload: object) => object

/** One command: its types are given once, the payload comes from the wire (the server sends it valid). */
export const answers =
  <Request extends object, Response extends object>(answer: (request: Request) => Response): Answer =>
  (payload) =>
    answer(payload as Request)
