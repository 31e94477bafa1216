# METADATA
# title: Content delivery networks fetch from their origins with the promised TLS version or a later one
# custom:
#   id: TOM-TLS-004
#   measure: encryption-in-transit
#   kind: cdn
#   scope: [public]
#   severity: high
#   remedy: Set origin_protocol_policy = https-only and origin_ssl_protocols = [TLSv1.2] on every custom origin.
#   source: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html
package tom.encryption_in_transit.cdn_origin

import data.tom.lib.tls
import data.tom.lib.value

pass if {
	encrypted
	value.at_least(input.settings.origin_tls_min, input.want.tls_min)
	tls.refuses(input.settings.origin_tls_min, input.want.forbidden_protocols)
}

encrypted if value.equals(input.settings.origin_plain, "never")

# What follows the viewer is encrypted where no viewer is served in plain, or where the promise lets viewers choose.
encrypted if {
	value.equals(input.settings.origin_plain, "as-viewer")
	value.one_of(input.settings.viewer_plain, {"redirected", "refused"})
}

encrypted if {
	value.equals(input.settings.origin_plain, "as-viewer")
	value.wants(input.want.http, "allowed")
}

fail contains {"code": "unencrypted_transport", "setting": "origin_plain"} if {
	value.equals(input.settings.origin_plain, "always")
}

fail contains {"code": "unencrypted_transport", "setting": "origin_plain", "want": "http"} if {
	value.equals(input.settings.origin_plain, "as-viewer")
	value.equals(input.settings.viewer_plain, "served")
	value.lacks(input.want.http, "allowed")
}

fail contains {"code": "below_promise", "setting": "origin_tls_min", "want": "tls_min"} if {
	value.below(input.settings.origin_tls_min, input.want.tls_min)
}

fail contains {"code": "forbidden_by_promise", "setting": "origin_tls_min", "want": "forbidden_protocols"} if {
	value.at_least(input.settings.origin_tls_min, input.want.tls_min)
	tls.accepts(input.settings.origin_tls_min, input.want.forbidden_protocols)
}
