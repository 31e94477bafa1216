# METADATA
# title: Passwords of accounts are kept as strong, salted hashes
# description: |
#   The accounts of a host are one of the places where passwords are kept. What an application keeps, a register or a person says.
# custom:
#   id: TOM-HSH-001
#   measure: password-hashing
#   kind: local_account
#   partial: true
#   severity: high
#   remedy: Set ENCRYPT_METHOD YESCRYPT in login.defs and yescrypt in the line of pam_unix, and let the user set a new password.
#   source: https://manpages.debian.org/bookworm/libcrypt-dev/crypt.5.en.html
package tom.password_hashing.local_account

import data.tom.lib.value

not_applicable if value.one_of(input.settings.password_scheme, ["locked", "none"])

pass if value.one_of(input.settings.password_scheme, strong)

pass if {
	value.one_of(input.settings.password_scheme, ["md5", "sha1"])
	some scheme in ["md5", "sha1"]
	value.equals(input.settings.password_scheme, scheme)
	value.lacks(input.want.forbidden, scheme)
}

fail contains {"code": "weak_hash", "setting": "password_scheme"} if {
	value.one_of(input.settings.password_scheme, ["des", "empty"])
}

fail contains {"code": "forbidden_by_promise", "setting": "password_scheme", "want": "forbidden"} if {
	some scheme in ["md5", "sha1"]
	value.equals(input.settings.password_scheme, scheme)
	value.wants(input.want.forbidden, scheme)
}

strong := ["bcrypt", "gost-yescrypt", "scrypt", "sha256crypt", "sha512crypt", "yescrypt"]
