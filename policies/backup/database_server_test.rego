package tom.backup.database_server_test

import data.tom.backup.database_server as policy

test_pass_a_timer_dumps_it if {
	policy.pass with input as server({"state": "known", "value": true})
	policy.fail == set() with input as server({"state": "known", "value": true})
}

test_fail_the_job_is_switched_off if {
	not policy.pass with input as server({"state": "known", "value": false})
	policy.fail == {{"code": "switched_off", "setting": "backed_up"}} with input as server({"state": "known", "value": false})
}

test_unknown_another_host_may_do_it if {
	not policy.pass with input as server({"state": "unresolved"})
	policy.fail == set() with input as server({"state": "unresolved"})
}

server(backed_up) := {"settings": {"backed_up": backed_up}, "want": {}}
