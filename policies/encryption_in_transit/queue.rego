# METADATA
# title: Queues refuse requests without TLS
# custom:
#   id: TOM-TLS-008
#   measure: encryption-in-transit
#   kind: queue
#   scope: [internal]
#   severity: low
#   remedy: Add a queue policy that denies every action when aws:SecureTransport is false.
#   source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
package tom.encryption_in_transit.queue

import data.tom.lib.value

pass if value.is_true(input.settings.tls_required)

fail contains {"code": "unencrypted_transport", "setting": "tls_required"} if value.is_false(input.settings.tls_required)
