# METADATA
# title: Content delivery networks serve viewers with the promised TLS version or a later one
# custom:
#   id: TOM-TLS-003
#   measure: encryption-in-transit
#   kind: cdn
#   scope: [public]
#   severity: high
#   remedy: Set viewer_protocol_policy = redirect-to-https or https-only on every behaviour, and minimum_protocol_version = TLSv1.2_2021 or later with a certificate of your own.
#   source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html
package tom.encryption_in_transit.cdn_viewer

import data.tom.lib.tls
import data.tom.lib.value

pass if {
	plain_as_promised
	value.at_least(input.settings.viewer_tls_min, input.want.tls_min)
	tls.refuses(input.settings.viewer_tls_min, input.want.forbidden_protocols)
}

plain_as_promised if {
	value.known(input.settings.viewer_plain)
	value.wants(input.want.http, "allowed")
}

plain_as_promised if {
	value.one_of(input.settings.viewer_plain, {"redirected", "refused"})
	value.wants(input.want.http, "redirect")
}

plain_as_promised if {
	value.equals(input.settings.viewer_plain, "refused")
	value.wants(input.want.http, "blocked")
}

fail contains {"code": "unencrypted_transport", "setting": "viewer_plain", "want": "http"} if {
	value.equals(input.settings.viewer_plain, "served")
	value.lacks(input.want.http, "allowed")
}

fail contains {"code": "differs_from_promise", "setting": "viewer_plain", "want": "http"} if {
	value.equals(input.settings.viewer_plain, "redirected")
	value.wants(input.want.http, "blocked")
}

fail contains {"code": "below_promise", "setting": "viewer_tls_min", "want": "tls_min"} if {
	value.below(input.settings.viewer_tls_min, input.want.tls_min)
}

fail contains {"code": "forbidden_by_promise", "setting": "viewer_tls_min", "want": "forbidden_protocols"} if {
	value.at_least(input.settings.viewer_tls_min, input.want.tls_min)
	tls.accepts(input.settings.viewer_tls_min, input.want.forbidden_protocols)
}
