package awsrules

import "strings"

// ARNRegion returns the region in an ARN, empty when there is none.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
func ARNRegion(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return ""
	}
	return parts[3]
}
