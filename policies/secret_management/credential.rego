# METADATA
# title: Passwords, keys and tokens do not stand in the code
# custom:
#   id: TOM-SEC-001
#   measure: secret-management
#   kind: credential
#   severity: critical
#   remedy: Let the provider manage the secret, read it from a secret store, or pass it in as a sensitive variable; then change it, for it has been read.
#   source: https://docs.aws.amazon.com/secretsmanager/latest/userguide/hardcoded.html
package tom.secret_management.credential

import data.tom.lib.value

applies if value.wants(input.want.in_code, "forbidden")

pass if value.one_of(input.settings.origin, {"generated", "secret-store", "variable"})

fail contains {"code": "literal_secret", "setting": "origin"} if value.equals(input.settings.origin, "literal")
