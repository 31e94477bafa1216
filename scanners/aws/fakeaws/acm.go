package fakeaws

import (
	"net/http"
	"slices"
	"time"
)

// acmOperations are those of ACM. Resources: "acm.certificate", by ARN. Without naming sorts of keys only those of RSA with
// 1024 and 2048 bits are listed.
func acmOperations() []Operation {
	return []Operation{
		{
			Name: "acm.DescribeCertificate", Of: "acm.certificate", By: "CertificateArn",
			Missing: Error{Status: http.StatusBadRequest, Code: "ResourceNotFoundException", Message: "Could not find certificate <resource>."},
		},
		{
			Name: "acm.ListCertificates", Lists: "acm.certificate", At: "CertificateSummaryList", TokenIn: "NextToken", TokenOut: "NextToken",
			SizeIn: "MaxItems", MaxPage: 1000, Keep: ofKeyType,
		},
	}
}

func ofKeyType(r Request, c Resource) bool {
	asked := r.Params.All("Includes.keyTypes")
	if len(asked) == 0 {
		asked = []string{"RSA_1024", "RSA_2048"}
	}
	algorithm, _ := c.Doc["KeyAlgorithm"].(string)
	return slices.Contains(asked, algorithm)
}

// acmEstate are certificates: one on an elliptic curve that renews itself, one that was imported with a short key, one that
// waits for an answer by mail, one that was never issued.
func acmEstate(account string) []Resource {
	certificate := func(name, method string, days int, doc Node) Resource {
		arn := "arn:aws:acm:eu-central-1:" + account + ":certificate/" + name
		doc["CertificateArn"] = arn
		if days > 0 {
			doc["NotAfter"] = daysAgo(-days).Add(time.Hour)
		}
		return Resource{Type: "acm.certificate", Region: "eu-central-1", ID: arn, Doc: doc, Sub: map[string]any{"acm.DescribeCertificate": Node{
			"Certificate": Node{"CertificateArn": arn, "DomainValidationOptions": []Node{{"DomainName": name, "ValidationMethod": method}}}}}}
	}
	return []Resource{
		certificate("good", "DNS", 200, Node{"KeyAlgorithm": "EC_prime256v1", "Type": "AMAZON_ISSUED", "InUse": true, "RenewalEligibility": "ELIGIBLE"}),
		certificate("bad", "DNS", 3, Node{"KeyAlgorithm": "RSA_1024", "Type": "IMPORTED", "InUse": true, "RenewalEligibility": "INELIGIBLE"}),
		certificate("bad-mail", "EMAIL", 30, Node{"KeyAlgorithm": "RSA_2048", "Type": "AMAZON_ISSUED", "InUse": false, "RenewalEligibility": "ELIGIBLE"}),
		certificate("pending", "DNS", 0, Node{"KeyAlgorithm": "RSA_2048", "Type": "AMAZON_ISSUED", "Status": "PENDING_VALIDATION"}),
	}
}
