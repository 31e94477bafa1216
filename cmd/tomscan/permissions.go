package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/tomscan/tomscan/scanners/aws"
)

// permissionFormats are the forms in which permissions are printed.
func permissionFormats() map[string]func(io.Writer, []aws.Policy) error {
	return map[string]func(io.Writer, []aws.Policy) error{
		"cloudformation": aws.WriteCloudFormation, "json": aws.WritePolicies, "terraform": aws.WriteTerraform,
	}
}

// permissionsCommand prints the policy that is enough to read AWS.
func (p *program) permissionsCommand() *cobra.Command {
	var format, only string
	c := &cobra.Command{
		Use:   "permissions",
		Short: "print the read-only policy that scan aws needs",
		Long: `Print the permissions that scan aws needs, and no more, as three managed policies (one would be larger than AWS takes).
Each of them also denies reading of data: objects, items, messages, log lines, secret values. They are made of the same
tables from which tomscan calls AWS.

As CloudFormation or Terraform a role comes with them, for whom you name, with an external id.`,
		Example: "  tomscan permissions > policies.json\n  tomscan permissions --format terraform > tomscan.tf\n" +
			"  tomscan permissions --policy tomscan-data > data.json",
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			write, ok := permissionFormats()[format]
			if !ok {
				return usageError("unknown format "+quote(format), "%s", suggestOr(format, []string{"cloudformation", "json", "terraform"}, "it is cloudformation, json or terraform"))
			}
			all := aws.Policies()
			if only == "" {
				return write(p.stdout, all)
			}
			at := slices.IndexFunc(all, func(one aws.Policy) bool { return one.Name == only })
			if at < 0 {
				return usageError("unknown policy "+quote(only), "%s", suggestOr(only, policyNames(all), "`tomscan permissions` prints all"))
			}
			if format != "json" {
				return write(p.stdout, all[at:at+1])
			}
			_, err := fmt.Fprintln(p.stdout, all[at].Document())
			return err
		},
	}
	c.Flags().StringVar(&format, "format", "json", "`FORMAT` json, cloudformation or terraform")
	c.Flags().StringVar(&only, "policy", "", "print the policy `NAME` alone, as JSON ready for IAM")
	return c
}

func policyNames(all []aws.Policy) []string {
	var names []string
	for _, p := range all {
		names = append(names, p.Name)
	}
	return names
}
