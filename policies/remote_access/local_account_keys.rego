# METADATA
# title: Keys that open a session are long enough
# custom:
#   id: TOM-REM-004
#   measure: remote-access
#   kind: local_account
#   severity: medium
#   remedy: Replace DSA keys and RSA keys below 2048 bits in authorized_keys by Ed25519 keys, such as those of ssh-keygen -t ed25519.
#   source: https://man.openbsd.org/sshd_config#RequiredRSASize
package tom.remote_access.local_account_keys

import data.tom.lib.value

not_applicable if value.is_false(input.settings.login)

pass if {
	value.is_true(input.settings.login)
	value.at_most(input.settings.weak_keys, 0)
}

fail contains {"code": "key_too_short", "setting": "weak_keys"} if {
	value.is_true(input.settings.login)
	value.above(input.settings.weak_keys, 0)
}
