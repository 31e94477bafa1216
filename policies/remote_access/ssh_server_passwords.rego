# METADATA
# title: SSH servers refuse logins by a password alone
# description: |
#   A password that only some may use, or that is accepted from some addresses only, is a login by password.
# custom:
#   id: TOM-REM-002
#   measure: remote-access
#   kind: ssh_server
#   severity: critical
#   remedy: Set PasswordAuthentication no and KbdInteractiveAuthentication no in sshd_config, in every Match block too, and reload the daemon.
#   source: https://man.openbsd.org/sshd_config#PasswordAuthentication
package tom.remote_access.ssh_server_passwords

import data.tom.lib.value

applies if value.unwanted(input.want.password_login)

pass if value.equals(input.settings.password_login, "refused")

fail contains {"code": "differs_from_promise", "setting": "password_login", "want": "password_login"} if {
	value.differs(input.settings.password_login, "refused")
	value.unwanted(input.want.password_login)
}
