package awsrules

import "strings"

// IsARN says whether a text has the parts of an ARN.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
func IsARN(text string) bool { return len(arnParts(text)) == 6 }

// ARNPlace returns the partition, the region and the account in an ARN, each empty when there is none.
func ARNPlace(arn string) (partition, region, account string) {
	parts := arnParts(arn)
	if len(parts) < 6 {
		return "", "", ""
	}
	return parts[1], parts[3], parts[4]
}

// ARNRegion returns the region in an ARN, empty when there is none.
func ARNRegion(arn string) string {
	_, region, _ := ARNPlace(arn)
	return region
}

// arnParts are the six parts of an ARN, or none.
func arnParts(text string) []string {
	parts := strings.SplitN(text, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return nil
	}
	return parts
}
