package awsrules

// FindingSources are the services whose events say that something is wrong: a threat, a breach of policy, a failure, sorted.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-list.html
func FindingSources() []string {
	return []string{
		"aws.access-analyzer", "aws.config", "aws.guardduty", "aws.health", "aws.inspector", "aws.inspector2", "aws.macie",
		"aws.securityhub", "aws.trustedadvisor",
	}
}
