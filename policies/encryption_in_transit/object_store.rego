# METADATA
# title: Object stores refuse requests without the promised TLS version
# custom:
#   id: TOM-TLS-005
#   measure: encryption-in-transit
#   kind: object_store
#   scope: [public]
#   severity: medium
#   remedy: Add a bucket policy that denies every action to everybody when aws:SecureTransport is false, for the bucket and its objects.
#   source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingEncryptionInTransit.html
package tom.encryption_in_transit.object_store

import data.tom.lib.tls
import data.tom.lib.value

pass if {
	plain_as_promised
	value.at_least(input.settings.tls_min, input.want.tls_min)
	tls.refuses(input.settings.tls_min, input.want.forbidden_protocols)
}

plain_as_promised if value.equals(input.settings.plain_transport, "denied")

plain_as_promised if {
	value.equals(input.settings.plain_transport, "allowed")
	value.wants(input.want.http, "allowed")
}

fail contains {"code": "unencrypted_transport", "setting": "plain_transport", "want": "http"} if {
	value.equals(input.settings.plain_transport, "allowed")
	value.lacks(input.want.http, "allowed")
}

fail contains {"code": "below_promise", "setting": "tls_min", "want": "tls_min"} if {
	value.below(input.settings.tls_min, input.want.tls_min)
}

fail contains {"code": "forbidden_by_promise", "setting": "tls_min", "want": "forbidden_protocols"} if {
	value.at_least(input.settings.tls_min, input.want.tls_min)
	tls.accepts(input.settings.tls_min, input.want.forbidden_protocols)
}
