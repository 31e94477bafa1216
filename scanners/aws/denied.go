package aws

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"slices"
	"strings"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"

	"github.com/tomscan/tomscan/evidence"
)

// miss is why a call has no answer.
type miss struct {
	outcome   evidence.Outcome
	code      string // the provider's error code, or what went wrong
	operation string
	action    string
	account   string
	region    string
	partial   bool // pages before the one that failed were read
}

// denied says whether a permission is missing.
func (m *miss) denied() bool {
	return m != nil && (m.outcome == evidence.OutcomeDenied || m.outcome == evidence.OutcomeDeniedByOrganization)
}

// absent says whether the error is an answer: there is no such configuration.
func (m *miss) absent() bool { return m != nil && m.outcome == evidence.OutcomeAbsent }

// vanished says whether the resource went away while it was read.
func (m *miss) vanished() bool { return m != nil && m.outcome == evidence.OutcomeVanished }

// notOffered says whether the service does not exist in the region.
func (m *miss) notOffered() bool {
	return m != nil && m.outcome == evidence.OutcomeUnsupportedRegion && m.code == noHost
}

// nothingThere says whether the service has no resources there, because it is not enabled or does not exist in the region.
// Credentials that a region does not accept say nothing of what is there: tokens of version 1 do not open the regions that
// are enabled by hand. https://docs.aws.amazon.com/IAM/latest/APIReference/API_SetSecurityTokenServicePreferences.html
func (m *miss) nothingThere() bool {
	return m != nil && (m.outcome == evidence.OutcomeNotEnabled || m.outcome == evidence.OutcomeAbsent || m.notOffered())
}

// reason says why, with what would help.
func (m *miss) reason() evidence.Reason {
	where := []string{"operation", m.operation, "account", m.account, "region", m.region}
	switch m.outcome {
	case evidence.OutcomeDenied:
		return evidence.Because("read_denied", append(where, "action", m.action)...)
	case evidence.OutcomeDeniedByOrganization:
		return evidence.Because("read_denied_by_organization", append(where, "action", m.action)...)
	case evidence.OutcomeThrottled:
		return evidence.Because("read_throttled", where...)
	case evidence.OutcomeNotEnabled:
		return evidence.Because("service_not_enabled", "service", serviceOf(m.operation), "account", m.account, "region", m.region)
	case evidence.OutcomeUnsupportedRegion:
		return evidence.Because("region_not_available", "account", m.account, "region", m.region)
	case evidence.OutcomeExpired:
		return evidence.Because("credentials_expired", "account", m.account)
	case evidence.OutcomeInterrupted:
		return evidence.Because("read_interrupted", where...)
	case evidence.OutcomeVanished:
		return evidence.Because("resource_vanished")
	}
	if m.partial {
		return evidence.Because("read_incomplete", append(where, "error", m.code)...)
	}
	return evidence.Because("read_failed", append(where, "error", m.code)...)
}

// serviceOf is the service of an operation's full name.
func serviceOf(operation string) string {
	service, _, _ := strings.Cut(operation, ".")
	return service
}

// classify says what an error of the SDK means. The order matters: what only looks like a refusal comes first.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
func classify(operation string, err error) (evidence.Outcome, string) {
	code, message, status := partsOf(err)
	switch {
	case errors.Is(err, context.Canceled):
		return evidence.OutcomeInterrupted, "interrupted"
	case slices.Contains(expiredCodes(), code):
		return evidence.OutcomeExpired, code
	case isNotEnabled(operation, code, message):
		return evidence.OutcomeNotEnabled, code
	case slices.Contains(disabledRegionCodes(), code):
		return evidence.OutcomeUnsupportedRegion, code
	case slices.Contains(absentCodes(), code):
		return evidence.OutcomeAbsent, code
	case slices.Contains(throttleCodes(), code) || status == http.StatusTooManyRequests:
		return evidence.OutcomeThrottled, code
	case slices.Contains(deniedCodes(), code) || status == http.StatusForbidden:
		return denial(message), code
	case slices.Contains(vanishedCodes(), code):
		return evidence.OutcomeVanished, code
	case isUnknownHost(err):
		return evidence.OutcomeUnsupportedRegion, noHost
	}
	return evidence.OutcomeError, wordOf(code, status, err)
}

// denial tells a policy of the organisation from a missing permission: the message names the sort of policy.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html#access-denied-scp-examples
func denial(message string) evidence.Outcome {
	for _, policy := range []string{"service control policy", "resource control policy"} {
		if strings.Contains(strings.ToLower(message), policy) {
			return evidence.OutcomeDeniedByOrganization
		}
	}
	return evidence.OutcomeDenied
}

// partsOf takes an error apart. An answer that is no error of the protocol has a status alone.
func partsOf(err error) (code, message string, status int) {
	var api smithy.APIError
	if errors.As(err, &api) {
		code, message = api.ErrorCode(), api.ErrorMessage()
	}
	var response *awshttp.ResponseError
	if errors.As(err, &response) {
		status = response.HTTPStatusCode()
	}
	if at := strings.LastIndex(code, "#"); at >= 0 {
		code = code[at+1:]
	}
	return code, message, status
}

// isNotEnabled knows the services that answer so when they are not used: by a code of their own, or by the message alone.
func isNotEnabled(operation, code, message string) bool {
	if slices.Contains([]string{"SubscriptionRequiredException", "OptInRequired", "AWSOrganizationsNotInUseException"}, code) {
		return true
	}
	switch serviceOf(operation) {
	case "cloudtrail": // not all regions have CloudTrail Lake
		return operation == "cloudtrail.ListEventDataStores" && code == "UnsupportedOperationException"
	case "macie2":
		return strings.Contains(message, "not enabled")
	case "securityhub":
		return code == "InvalidAccessException"
	}
	return false
}

// deniedCodes are the refusals for a missing permission, sorted.
func deniedCodes() []string {
	return []string{"AccessDenied", "AccessDeniedException", "AuthorizationError", "Forbidden", "NotAuthorized", "NotAuthorizedException", "UnauthorizedException", "UnauthorizedOperation"}
}

// disabledRegionCodes are the refusals of a region that is not enabled for the account, or that does not know the token.
func disabledRegionCodes() []string {
	return []string{"AuthFailure", "InvalidClientTokenId", "UnrecognizedClientException"}
}

// expiredCodes say that the credentials have ended.
func expiredCodes() []string {
	return []string{"ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"}
}

// throttleCodes say that there were too many calls: those that the SDK tries again, and that of SNS.
func throttleCodes() []string {
	return []string{"BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException", "PriorRequestNotComplete",
		"ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled", "RequestThrottledException", "SlowDown",
		"Throttled", "ThrottledException", "Throttling", "ThrottlingException", "TooManyRequestsException", "TransactionInProgressException"}
}

// absentCodes are errors that answer the question: nothing of the sort is configured. Most are S3's, which the SDK does not
// model. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
func absentCodes() []string {
	return []string{"NoSuchBucketPolicy", "NoSuchCORSConfiguration", "NoSuchEntity", "NoSuchLifecycleConfiguration",
		"NoSuchPublicAccessBlockConfiguration", "NoSuchTagSet", "ObjectLockConfigurationNotFoundError", "OwnershipControlsNotFoundError",
		"PolicyNotFound", "PolicyNotFoundException", "ReplicationConfigurationNotFoundError", "ReplicationNotFound",
		"ServerSideEncryptionConfigurationNotFoundError"}
}

// vanishedCodes say that what was listed is there no longer. They are written as on the wire, where RDS leaves out the Fault
// of some names and not of others. https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusterSnapshotAttributes.html
func vanishedCodes() []string {
	return []string{"AWS.SimpleQueueService.NonExistentQueue", "CacheClusterNotFound", "ClusterNotFound", "ClusterNotFoundException",
		"ClusterNotFoundFault", "DBClusterNotFoundFault", "DBClusterSnapshotNotFoundFault", "DBInstanceNotFound", "DBSnapshotNotFound",
		"EntityNotFound", "EventDataStoreNotFoundException", "FileSystemNotFound", "ListenerNotFound", "LoadBalancerNotFound", "NoSuchBucket",
		"NoSuchDistribution", "NotFound", "NotFoundException", "QueueDoesNotExist", "RepositoryNotFoundException", "ResourceNotFoundException",
		"ServiceNotFoundException", "TableNotFoundException", "TrailNotFoundException", "WAFNonexistentItemException"}
}

// isUnknownHost says whether the endpoint's name does not exist: the service is not offered in the region.
func isUnknownHost(err error) bool {
	var dns *net.DNSError
	return errors.As(err, &dns) && dns.IsNotFound
}

// What went wrong where nobody answered.
const (
	noAnswer     = "no answer in time"
	noConnection = "no connection"
	noHost       = evidence.NoSuchHost
	noTrust      = "certificate not trusted"
)

// isDistrusted says whether the certificate of who answered is not trusted, such as that of a proxy that opens TLS.
func isDistrusted(err error) bool {
	var untrusted *tls.CertificateVerificationError
	return errors.As(err, &untrusted)
}

// wordOf names an error that is none of the provider's.
func wordOf(code string, status int, err error) string {
	var timeout net.Error
	switch {
	case code != "":
		return code
	case status != 0:
		return http.StatusText(status)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return noAnswer
	case isDistrusted(err):
		return noTrust
	}
	var network *net.OpError
	if errors.As(err, &network) {
		return noConnection
	}
	return "answer not understood"
}
