# METADATA
# title: Secrets are rotated as often as promised
# custom:
#   id: TOM-SEC-002
#   measure: secret-management
#   kind: secret
#   severity: medium
#   remedy: Add an aws_secretsmanager_secret_rotation with automatically_after_days within the promised time.
#   source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
package tom.secret_management.secret

import data.tom.lib.value

applies if value.promised(input.want.rotation)

pass if {
	value.at_most(input.settings.rotation_days, input.want.rotation)
}

fail contains {"code": "above_promise", "setting": "rotation_days", "want": "rotation"} if {
	value.above(input.settings.rotation_days, input.want.rotation)
}
