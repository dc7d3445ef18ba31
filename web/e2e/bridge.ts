// A network between the browser and the demo that a test can break: answers get lost after the
// server has done its work, which is what a bad connection does and a mocked request does not.
import { createServer, request, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { DEMO } from './servers'

export interface Stored {
  key: string
  status: string
}

export class Bridge {
  private constructor(private readonly server: Server) {}

  private lost = 0
  /** What the server said about each observation that reached it, in order. */
  readonly said: Stored[] = []
  /** Photos that reached it. */
  photos = 0

  static async open(): Promise<Bridge> {
    const server = createServer()
    const bridge = new Bridge(server)
    server.on('request', (asked, answer) => {
      const sent = request(
        new URL(asked.url ?? '/', DEMO),
        {
          method: asked.method,
          headers: {
            ...asked.headers,
            // The server refuses names and origins that are not its own, rightly.
            host: new URL(DEMO).host,
            origin: DEMO,
            // So that what it says can be read on the way.
            'accept-encoding': 'identity',
          },
        },
        (found) => {
          void read(found).then((body) => {
            bridge.note(asked, found.statusCode ?? 0, body)
            if (bridge.lost > 0 && isObservation(asked)) {
              bridge.lost -= 1
              answer.destroy()
              return
            }
            answer.writeHead(found.statusCode ?? 502, found.headers)
            answer.end(body)
          })
        },
      )
      sent.on('error', () => answer.destroy())
      asked.pipe(sent)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return bridge
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** The next answers about observations never arrive. */
  loseAnswers(count: number) {
    this.lost = count
  }

  async close() {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private note(asked: IncomingMessage, status: number, body: Buffer) {
    if (status !== 200 && status !== 201) return
    if (asked.url?.startsWith('/api/v1/photos')) this.photos += 1
    if (!isObservation(asked)) return
    const { results } = JSON.parse(body.toString()) as { results: Stored[] }
    this.said.push(...results.map(({ key, status: said }) => ({ key, status: said })))
  }
}

const isObservation = (asked: IncomingMessage) =>
  asked.method === 'POST' && asked.url?.startsWith('/api/v1/observations') === true

async function read(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of message) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
