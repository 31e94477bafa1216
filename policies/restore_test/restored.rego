# METADATA
# title: A restore of what was promised was completed within the promised interval
# description: |
#   A plan of restore tests shows nothing by itself: a restore that was run does. A table counts as a database.
# custom:
#   id: TOM-RST-001
#   measure: restore-test
#   kind: restore_test
#   live: true
#   over: population
#   when_none: unknown
#   beside: [backup_job, database, database_server, file_system, recovery_point, table, volume]
#   elsewhere: true
#   scope: [database, files, filesystem, object-store, volume]
#   severity: high
#   remedy: Restore a backup for a test, and let a restore testing plan do so at the promised interval.
#   source: https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing.html
package tom.restore_test.restored

import data.tom.lib.value

# What may be restored to show it for a word of the scope. Where the promise has none of these words, any restore shows it.
sorts := {
	"database": {"database", "table"},
	"files": {"file-system", "object-store", "volume"},
	"filesystem": {"file-system"},
	"object-store": {"object-store"},
	"volume": {"volume"},
}

pass if {
	some restore in input.facts
	in_time(restore)
	every word, kinds in sorts {
		shown(word, kinds)
	}
}

in_time(restore) if {
	value.is_true(restore.settings.completed)
	value.at_most(restore.settings.age_days, input.want.interval)
}

shown(word, _) if value.lacks(input.want.scope, word)

shown(_, kinds) if {
	some restore in input.facts
	in_time(restore)
	value.one_of(restore.settings.restores, kinds)
}

fail contains {
	"code": "not_restored_in_time",
	"setting": "age_days",
	"want": "interval",
	"scope": word,
	"facts": [restore.id | some restore in input.facts],
} if {
	input.complete
	some word, kinds in sorts
	value.wants(input.want.scope, word)
	every restore in input.facts {
		falls_short(restore, kinds)
	}
}

fail contains {
	"code": "not_restored_in_time",
	"setting": "age_days",
	"want": "interval",
	"facts": [restore.id | some restore in input.facts],
} if {
	input.complete
	every word, _ in sorts {
		value.lacks(input.want.scope, word)
	}
	every restore in input.facts {
		late(restore)
	}
}

falls_short(restore, _) if late(restore)

falls_short(restore, kinds) if value.none_of(restore.settings.restores, kinds)

late(restore) if value.is_false(restore.settings.completed)

late(restore) if value.above(restore.settings.age_days, input.want.interval)
