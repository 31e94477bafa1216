package tom.patch_management.kubernetes_cluster_test

import data.tom.patch_management.kubernetes_cluster as policy

test_pass if {
	asked := input_with({"version_supported": known(true)}, {})
	policy.pass with input as asked
	policy.fail == set() with input as asked
}

test_fail if {
	asked := input_with({"version_supported": known(false)}, {})
	not policy.pass with input as asked
	policy.fail == {{"code": "no_longer_supported", "setting": "version_supported"}} with input as asked
}

test_unknown if {
	asked := input_with({"version_supported": unresolved}, {})
	not policy.pass with input as asked
	policy.fail == set() with input as asked
}

known(v) := {"state": "known", "value": v}

unresolved := {"state": "unresolved"}

input_with(settings, want) := {"settings": settings, "want": want}
