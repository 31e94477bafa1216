package fakeaws

import (
	"net/http"
	"strings"
)

// special is what an error does beside or instead of its code.
type special int

const (
	ordinary special = iota
	denied
	deniedByOrganization
	throttled
	serverError
	expired
	notEnabled
	malformed
	emptyPage
	dropped
)

// Denied is the refusal that the operation's service sends when no policy allows the action. "" is the operation that is refused.
func Denied(operation string) Error { return Error{Code: operation, special: denied} }

// DeniedByOrganization is the refusal by a service control policy.
func DeniedByOrganization(operation string) Error {
	return Error{Code: operation, special: deniedByOrganization}
}

// Throttled is the answer to too many requests.
func Throttled(operation string) Error { return Error{Code: operation, special: throttled} }

// Expired is the answer to a session token that has run out.
func Expired() Error { return Error{special: expired} }

// NotEnabled is the answer in a region that the account has not opted into.
func NotEnabled() Error { return Error{special: notEnabled} }

// ServerError is an internal error of the service.
func ServerError() Error { return Error{special: serverError} }

// Malformed cuts the right answer off in its middle, with status 200.
func Malformed() Error { return Error{special: malformed} }

// EmptyPage answers a list with no items and a token that goes on where it was asked to, as AWS may.
func EmptyPage() Error { return Error{special: emptyPage} }

// Dropped closes the connection without an answer.
func Dropped() Error { return Error{special: dropped} }

// resolve makes of a ready error the code, status and message of the service that was asked.
func (e Error) resolve(s service) Error {
	var like Error
	switch e.special {
	case denied, deniedByOrganization:
		like = s.denial()
		like.Message = s.denialWords(e.special)
	case throttled:
		like = s.throttling()
	case expired:
		like = s.expiry()
	case notEnabled:
		like = s.unrecognized()
	case serverError:
		like = s.failure()
	default:
		return e
	}
	return like
}

// denialWords are AWS' words, https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html.
func (s service) denialWords(kind special) string {
	words := "User: arn:<partition>:sts::<account>:assumed-role/tomscan/x is not authorized to perform: <action>"
	if s.Package != "ec2" {
		words += " on resource: <resource>"
	} else {
		words = "You are not authorized to perform this operation. " + words
	}
	if kind == deniedByOrganization {
		return words + " with an explicit deny in a service control policy"
	}
	return words + " because no identity-based policy allows the <action> action"
}

// denial is the code and the status with which the service refuses.
func (s service) denial() Error {
	switch {
	case s.Package == "sns":
		return Error{Status: http.StatusForbidden, Code: "AuthorizationError"}
	case s.Protocol == ec2Query:
		return Error{Status: http.StatusForbidden, Code: "UnauthorizedOperation"}
	case s.Protocol == query || s.Protocol == restXML:
		return Error{Status: http.StatusForbidden, Code: "AccessDenied"}
	case s.Package == "sqs" || s.Protocol == cborRPC:
		return Error{Status: http.StatusForbidden, Code: "AccessDeniedException",
			Header: map[string]string{"X-Amzn-Query-Error": "AccessDenied;Sender"}}
	case s.Protocol == restJSON:
		return Error{Status: http.StatusForbidden, Code: "AccessDeniedException"}
	}
	return Error{Status: http.StatusBadRequest, Code: "AccessDeniedException"}
}

func (s service) throttling() Error {
	switch {
	case s.Package == "s3":
		return Error{Status: http.StatusServiceUnavailable, Code: "SlowDown", Message: "Please reduce your request rate."}
	case s.Protocol == ec2Query:
		return Error{Status: http.StatusServiceUnavailable, Code: "RequestLimitExceeded", Message: "Request limit exceeded."}
	case s.Protocol == query || s.Protocol == restXML:
		return Error{Status: http.StatusBadRequest, Code: "Throttling", Message: "Rate exceeded"}
	case s.Package == "lambda" || s.Package == "apigateway" || s.Package == "apigatewayv2" || s.Package == "eks":
		return Error{Status: http.StatusTooManyRequests, Code: "TooManyRequestsException", Message: "Rate exceeded"}
	case s.Package == "organizations":
		return Error{Status: http.StatusBadRequest, Code: "TooManyRequestsException", Message: "Rate exceeded"}
	case s.Protocol == restJSON:
		return Error{Status: http.StatusTooManyRequests, Code: "ThrottlingException", Message: "Rate exceeded"}
	}
	return Error{Status: http.StatusBadRequest, Code: "ThrottlingException", Message: "Rate exceeded"}
}

func (s service) expiry() Error {
	words := "The security token included in the request is expired"
	switch {
	case s.Protocol == ec2Query:
		return Error{Status: http.StatusBadRequest, Code: "RequestExpired", Message: "Request has expired."}
	case s.Package == "s3":
		return Error{Status: http.StatusBadRequest, Code: "ExpiredToken", Message: "The provided token has expired."}
	case s.Protocol == query || s.Protocol == restXML:
		return Error{Status: http.StatusForbidden, Code: "ExpiredToken", Message: words}
	case s.Protocol == restJSON:
		return Error{Status: http.StatusForbidden, Code: "ExpiredTokenException", Message: words}
	}
	return Error{Status: http.StatusBadRequest, Code: "ExpiredTokenException", Message: words}
}

// unrecognized is the answer to keys that are not known in the region.
func (s service) unrecognized() Error {
	words := "The security token included in the request is invalid."
	switch {
	case s.Protocol == ec2Query:
		return Error{Status: http.StatusUnauthorized, Code: "AuthFailure",
			Message: "AWS was not able to validate the provided access credentials"}
	case s.Package == "s3":
		return Error{Status: http.StatusForbidden, Code: "InvalidAccessKeyId",
			Message: "The AWS Access Key Id you provided does not exist in our records."}
	case s.Protocol == query || s.Protocol == restXML:
		return Error{Status: http.StatusForbidden, Code: "InvalidClientTokenId", Message: words}
	case s.Protocol == restJSON:
		return Error{Status: http.StatusForbidden, Code: "UnrecognizedClientException", Message: words}
	}
	return Error{Status: http.StatusBadRequest, Code: "UnrecognizedClientException", Message: words}
}

func (s service) failure() Error {
	switch s.Protocol {
	case ec2Query:
		return Error{Status: http.StatusServiceUnavailable, Code: "Unavailable", Message: "The service is unavailable. Please try again shortly."}
	case query:
		return Error{Status: http.StatusServiceUnavailable, Code: "ServiceUnavailable", Message: "Service is unavailable"}
	case restXML:
		return Error{Status: http.StatusInternalServerError, Code: "InternalError", Message: "We encountered an internal error. Please try again."}
	}
	return Error{Status: http.StatusInternalServerError, Code: "InternalServerError", Message: "Internal server error"}
}

// packageOf is the SDK's package in an operation's name.
func packageOf(operation string) string {
	name, _, _ := strings.Cut(operation, ".")
	return name
}
