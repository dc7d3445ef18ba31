// Mappings to start from (docs/OBSERVATIONS.md): what another program sends, read as a look.
export const EXAMPLES = {
  own: `source = "till"
event = "/id"                          # what makes a call unique
[observation]
standard = { value = "STANDARD" }
unit = { at = "/shop" }
at = { at = "/time" }
value = { at = "/seconds" }
chosen = { value = "census" }
`,
  zendesk: `source = "zendesk"
event = "/id"
[when]                                 # other calls are passed over
"/type" = ["zen:event-type:ticket.status_changed"]
[observation]
standard = { value = "STANDARD" }
unit = { at = "/detail/group_id", words = { "GROUP" = "UNIT" } }
key = { at = "/detail/id" }            # the latest status of a ticket counts
from = { at = "/detail/created_at" }
to = { at = "/time", when = { "/event/current" = ["SOLVED", "CLOSED"] } }
chosen = { value = "census" }
`,
  genesys: `source = "genesys"
event = "/eventBody/conversationId"
[observation]
standard = { value = "STANDARD" }
unit = { at = "/eventBody/queueId", words = { "QUEUE" = "UNIT" } }
at = { at = "/eventBody/eventTime", read_as = "epoch_milliseconds" }
value = { at = "/eventBody/connectedDurationMs", read_as = "milliseconds" }
chosen = { value = "census" }
`,
} as const

export type Example = keyof typeof EXAMPLES
