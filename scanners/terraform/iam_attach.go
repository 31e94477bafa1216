package terraform

import (
	"fmt"
	"slices"

	"github.com/tomscan/tomscan/evidence"
	"github.com/tomscan/tomscan/scanners/awsrules"
	"github.com/tomscan/tomscan/scanners/terraform/eval"
)

// attachmentTypes attach a policy that stands elsewhere.
func attachmentTypes() []string {
	return []string{
		"aws_iam_group_policy_attachment", "aws_iam_policy_attachment", "aws_iam_role_policy_attachment",
		"aws_iam_user_policy_attachment", "aws_ssoadmin_managed_policy_attachment",
	}
}

// attachments reads the attachments of policies that AWS manages. One of a policy in the code belongs to that policy.
func attachments() reader {
	return reader{
		types: attachmentTypes(),
		joins: []string{"aws_iam_policy"},
		kinds: []evidence.Kind{evidence.AccessPolicy{}.Kind()},
		read: func(r *eval.Root, i *eval.Instance) []observation {
			name := "policy_arn"
			if i.Type == "aws_ssoadmin_managed_policy_attachment" {
				name = "managed_policy_arn"
			}
			all := namedPolicies(r, i.Attr(name), holderOf(i))
			for n := range all {
				all[n].suffix = ""
			}
			return all
		},
	}
}

// holderOf is to whom an attachment attaches; of several sorts users come first, then groups. A list that is not known
// may be empty.
func holderOf(i *eval.Instance) evidence.Value[string] {
	at := i.At(evidence.RoleDecides)
	switch i.Type {
	case "aws_iam_group_policy_attachment":
		return evidence.Known("group").At(at)
	case "aws_iam_role_policy_attachment":
		return evidence.Known("role").At(at)
	case "aws_iam_user_policy_attachment":
		return evidence.Known("user").At(at)
	case "aws_ssoadmin_managed_policy_attachment":
		return evidence.Known("permission-set").At(at)
	}
	for _, holder := range []string{"user", "group", "role"} {
		list := i.Attr(holder + "s")
		names := list.Texts(evidence.Value[[]string]{})
		got, known := names.Get()
		switch {
		case len(got) > 0 || slices.ContainsFunc(list.Elements(), isNamed):
			return evidence.Known(holder).At(list.At())
		case list.IsSet() && !known:
			return evidence.Unresolved[string](names.Why()).At(list.At())
		case len(names.More()) > 0:
			return evidence.Unresolved[string](names.More()[0]).At(list.At())
		}
	}
	return evidence.Known("nobody").At(at)
}

// isNamed says whether an element surely names something, though its text is not known.
func isNamed(element eval.Attr) bool {
	return element.IsSet() && len(element.Refs()) > 0 && !element.MayBeEmpty()
}

// namedPolicies reads the policies that a, an ARN or a list of them, names, but for those that the code declares.
func namedPolicies(r *eval.Root, a eval.Attr, holder evidence.Value[string]) []observation {
	var all []observation
	add := func(p evidence.AccessPolicy) {
		all = append(all, observation{resource: p, suffix: fmt.Sprintf("%s[%d]", "managed_policy_arns", len(all))})
	}
	links := r.Targets(a, "aws_iam_policy")
	for _, i := range links.All {
		if i.Data {
			add(lookedUpPolicy(i, holder))
		}
	}
	others := 0
	for _, arn := range textsOf(a) {
		if name, ok := awsrules.ManagedName(arn); ok {
			add(managedPolicy(name, holder, a.At()))
		} else {
			others++
		}
	}
	if others > len(links.All) {
		add(unknownPolicy(evidence.Because("policy_not_in_code"), holder))
	}
	for _, why := range links.Orphans {
		if why.Code != "not_declared_here" {
			add(unknownPolicy(why, holder))
		}
	}
	return all
}

// textsOf are the known texts of an attribute that holds one or a list.
func textsOf(a eval.Attr) []string {
	if one, known := a.Text(evidence.Value[string]{}).Get(); known {
		return []string{one}
	}
	texts, _ := a.Texts(evidence.Value[[]string]{}).Get()
	return texts
}

// managedPolicy is a policy that AWS manages.
func managedPolicy(name string, holder evidence.Value[string], at evidence.Position) evidence.AccessPolicy {
	return evidence.AccessPolicy{
		Grants:       awsrules.ManagedGrants(name).At(at),
		AttachedTo:   holder,
		MFAEnforced:  evidence.Default(false, awsrules.DocManagedPolicies).At(at),
		ManagedNames: evidence.Known([]string{name}).At(at),
	}
}

// lookedUpPolicy is a policy that the code looks up, by ARN or by name. Only AWS' own can be told from their name.
func lookedUpPolicy(i *eval.Instance, holder evidence.Value[string]) evidence.AccessPolicy {
	at := i.At(evidence.RoleDecides)
	if arn, known := i.Attr("arn").Text(evidence.Value[string]{}).Get(); known {
		if name, ok := awsrules.ManagedName(arn); ok {
			return managedPolicy(name, holder, at)
		}
	}
	if name, known := i.Attr("name").Text(evidence.Value[string]{}).Get(); known && len(awsrules.ManagedGrants(name).More()) == 0 {
		return managedPolicy(name, holder, at)
	}
	return unknownPolicy(evidence.Because("looked_up", "address", i.Address), holder)
}

// attachedTo is to whom a policy of the code is attached, users first. A policy that nobody attaches in this root may be
// attached where its ARN is not known.
func attachedTo(r *eval.Root, policy *eval.Instance) (evidence.Value[string], []*eval.Instance) {
	var found []evidence.Value[string]
	var joined []*eval.Instance
	var orphans []evidence.Reason
	add := func(typ, attr string, holder func(*eval.Instance) evidence.Value[string]) {
		links := r.Linked(policy, typ, attr)
		for _, i := range links.All {
			found = append(found, holder(i))
			joined = append(joined, i)
		}
		orphans = append(orphans, links.Orphans...)
	}
	for _, typ := range attachmentTypes()[:4] {
		add(typ, "policy_arn", holderOf)
	}
	add("aws_iam_role", "managed_policy_arns", func(i *eval.Instance) evidence.Value[string] {
		return evidence.Known("role").At(i.Attr("managed_policy_arns").At())
	})
	for _, holder := range []string{"user", "group", "role"} {
		if n := slices.IndexFunc(found, func(v evidence.Value[string]) bool { return evidence.IsKnown(v, holder) }); n >= 0 {
			return found[n], joined
		}
		if n := slices.IndexFunc(found, func(v evidence.Value[string]) bool { return v.State() != evidence.StateKnown }); n >= 0 {
			return found[n], joined // it may be a user, who comes first
		}
	}
	return defaulted(policy, orphans, "nobody", "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html"), joined
}
