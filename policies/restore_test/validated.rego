# METADATA
# title: Restored data that was tried works
# custom:
#   id: TOM-RST-002
#   measure: restore-test
#   kind: restore_test
#   live: true
#   partial: true
#   severity: high
#   remedy: Find out why the restored data did not work, correct the backup, and restore and try it again.
#   source: https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-validation.html
package tom.restore_test.validated

import data.tom.lib.value

not_applicable if value.equals(input.settings.validated, "not-validated")

not_applicable if value.above(input.settings.age_days, input.want.interval)

pass if {
	value.equals(input.settings.validated, "validated")
	value.at_most(input.settings.age_days, input.want.interval)
}

fail contains {"code": "restore_does_not_work", "setting": "validated"} if {
	value.equals(input.settings.validated, "failed")
	value.at_most(input.settings.age_days, input.want.interval)
}
