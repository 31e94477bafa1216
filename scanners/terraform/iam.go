package terraform

import (
	"fmt"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// policyArguments are the resources that hold a policy document, the argument that holds it, and to whom it is attached;
// nothing for a policy that others attach.
func policyArguments() map[string][2]string {
	return map[string][2]string{
		"aws_iam_group_policy":                      {"policy", "group"},
		"aws_iam_policy":                            {"policy", ""},
		"aws_iam_role_policy":                       {"policy", "role"},
		"aws_iam_user_policy":                       {"policy", "user"},
		"aws_ssoadmin_permission_set_inline_policy": {"inline_policy", "permission-set"},
	}
}

// accessPolicies reads policies that the code writes.
func accessPolicies() reader {
	return reader{
		types: []string{
			"aws_iam_group_policy", "aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy",
			"aws_ssoadmin_permission_set_inline_policy",
		},
		joins: append([]string{"aws_iam_policy_document"}, attachmentTypes()...),
		kinds: []evidence.Kind{evidence.AccessPolicy{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			argument := policyArguments()[i.Type]
			attached, joined := evidence.Known(argument[1]).At(i.At(evidence.RoleDecides)), []*eval.Instance(nil)
			if argument[1] == "" {
				attached, joined = attachedTo(r, i)
			}
			return one(writtenPolicy(i.Attr(argument[0]), attached), joined...)
		},
	}
}

// writtenPolicy reads a document.
func writtenPolicy(a eval.Attr, attached evidence.Value[string]) evidence.AccessPolicy {
	d := policyDocument(a)
	return evidence.AccessPolicy{
		Grants:       awsrules.Grants(d),
		AttachedTo:   attached,
		MFAEnforced:  awsrules.DemandsSecondFactor(d),
		ManagedNames: evidence.Known([]string{}).At(a.At()),
	}
}

// roles reads the policies within roles: inline documents, and ARNs of policies that AWS manages.
func roles() reader {
	return reader{
		types: []string{"aws_iam_role"},
		kinds: []evidence.Kind{evidence.AccessPolicy{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			role := evidence.Known("role").At(i.At(evidence.RoleDecides))
			var all []observation
			inline := i.Blocks("inline_policy")
			for n, b := range inline.All {
				if b.Attr("policy").IsSet() {
					all = append(all, observation{resource: writtenPolicy(b.Attr("policy"), role), suffix: fmt.Sprintf("inline_policy[%d]", n)})
				}
			}
			if len(inline.More) > 0 {
				all = append(all, observation{resource: unknownPolicy(inline.More[0], role), suffix: "inline_policy[*]"})
			}
			return append(all, namedPolicies(r, i.Attr("managed_policy_arns"), role)...)
		},
	}
}

// unknownPolicy stands for a policy of which the code tells nothing.
func unknownPolicy(why evidence.Reason, attached evidence.Value[string]) evidence.AccessPolicy {
	return evidence.AccessPolicy{
		Grants:       evidence.Unresolved[[]evidence.Grant](why),
		AttachedTo:   attached,
		MFAEnforced:  evidence.Unresolved[bool](why),
		ManagedNames: evidence.Unresolved[[]string](why),
	}
}
