# METADATA
# title: Functions are closed to the world where the promise names none as an entry point
# custom:
#   id: TOM-NET-010
#   measure: private-networks
#   kind: function
#   live: true
#   severity: high
#   remedy: Demand authentication at the function's address, remove the permission of everybody, or put the function behind a promised entry point.
#   source: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
package tom.private_networks.function

import data.tom.lib.value

applies if {
	value.promised(input.want.public_entry_points)
	every word in {"function", "function url", "function-url", "lambda"} {
		value.lacks(input.want.public_entry_points, word)
	}
}

pass if {
	value.is_false(input.settings.public_url)
	value.is_false(input.settings.open_to_everybody)
}

fail contains {"code": "publicly_reachable", "setting": "public_url", "want": "public_entry_points"} if {
	value.is_true(input.settings.public_url)
	value.promised(input.want.public_entry_points)
}

fail contains {"code": "publicly_reachable", "setting": "open_to_everybody", "want": "public_entry_points"} if {
	value.is_true(input.settings.open_to_everybody)
	value.promised(input.want.public_entry_points)
}
