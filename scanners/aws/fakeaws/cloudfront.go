package fakeaws

import "net/http"

// cloudfrontOperations are those of CloudFront, and of the delivery of logs by CloudWatch. Resources: "cloudfront.distribution"
// and "cloudfront.vpcorigin" by id, "logs.source" and "logs.delivery".
func cloudfrontOperations() []Operation {
	return []Operation{
		{
			Name: "cloudfront.GetDistributionConfig", Path: "GET /2020-05-31/distribution/{Id}/config", Root: "DistributionConfig",
			Of: "cloudfront.distribution", By: "Id",
			Missing: Error{Status: http.StatusNotFound, Code: "NoSuchDistribution", Message: "The specified distribution does not exist."},
		},
		{
			Name: "cloudfront.GetVpcOrigin", Path: "GET /2020-05-31/vpc-origin/{Id}", Root: "VpcOrigin", Of: "cloudfront.vpcorigin", By: "Id",
			Show:    func(r Resource) any { return r.Doc },
			Missing: Error{Status: http.StatusNotFound, Code: "EntityNotFound", Message: "The entity was not found."},
		},
		{
			Name: "cloudfront.ListDistributions", Path: "GET /2020-05-31/distribution", Root: "DistributionList", Lists: "cloudfront.distribution",
			At: "Items", Item: "DistributionSummary", TokenIn: "Marker", TokenOut: "NextMarker", Truncated: "IsTruncated", SizeIn: "MaxItems",
		},
		{
			Name: "cloudwatchlogs.DescribeDeliveries", Lists: "logs.delivery", At: "deliveries", Action: "logs:DescribeDeliveries",
			TokenIn: "nextToken", TokenOut: "nextToken", SizeIn: "limit", MaxPage: 50,
		},
		{
			Name: "cloudwatchlogs.DescribeDeliverySources", Lists: "logs.source", At: "deliverySources", Action: "logs:DescribeDeliverySources",
			TokenIn: "nextToken", TokenOut: "nextToken", SizeIn: "limit", MaxPage: 50,
		},
	}
}

// Distribution is a distribution with the ways of its default and its other behaviours, its certificate and its origins.
func Distribution(account, id string, behaviours []string, certificate Node, firewall string, logging Node, origins ...Node) Resource {
	var items, others []any
	for _, o := range origins {
		items = append(items, o)
	}
	for _, policy := range behaviours[1:] {
		others = append(others, Node{"ViewerProtocolPolicy": policy, "PathPattern": "/" + policy, "TargetOriginId": "o"})
	}
	return Resource{
		Type: "cloudfront.distribution", ID: id,
		Doc: Node{
			"ARN": "arn:aws:cloudfront::" + account + ":distribution/" + id, "Id": id, "ViewerCertificate": certificate, "WebACLId": firewall,
			"DefaultCacheBehavior": Node{"ViewerProtocolPolicy": behaviours[0], "TargetOriginId": "o"},
			"CacheBehaviors":       Node{"Quantity": len(others), "Items": List{Name: "CacheBehavior", Items: others}},
			"Origins":              Node{"Quantity": len(items), "Items": List{Name: "Origin", Items: items}},
		},
		Sub: map[string]any{"cloudfront.GetDistributionConfig": Node{"CallerReference": id, "Logging": logging}},
	}
}

// cloudfrontEstate are distributions: with https alone towards viewers and origins, logged by itself or by CloudWatch; and
// one of which another behaviour than the default serves http, with CloudFront's own certificate.
func cloudfrontEstate(account string) []Resource {
	modern := Node{"MinimumProtocolVersion": "TLSv1.2_2021", "CloudFrontDefaultCertificate": false, "ACMCertificateArn": "arn:aws:acm:us-east-1:" + account + ":certificate/good"}
	own := Node{"MinimumProtocolVersion": "TLSv1.2_2025", "CloudFrontDefaultCertificate": true}
	bucket := Node{"Id": "o", "DomainName": "good.s3.eu-central-1.amazonaws.com", "S3OriginConfig": Node{"OriginAccessIdentity": ""}}
	custom := func(policy string, protocols ...any) Node {
		return Node{"Id": "o", "DomainName": "example.com", "CustomOriginConfig": Node{"OriginProtocolPolicy": policy,
			"OriginSslProtocols": Node{"Quantity": len(protocols), "Items": List{Name: "SslProtocol", Items: protocols}}}}
	}
	inside := Node{"Id": "o", "DomainName": "inside", "VpcOriginConfig": Node{"VpcOriginId": "vo-good"}}
	off := Node{"Enabled": false, "Bucket": "", "Prefix": ""}
	return []Resource{
		Distribution(account, "GOOD", []string{"redirect-to-https", "https-only"}, modern, "arn:aws:wafv2:us-east-1:"+account+":global/webacl/good/1",
			Node{"Enabled": true, "Bucket": "good-logs.s3.amazonaws.com", "Prefix": ""}, bucket, custom("match-viewer", "TLSv1.2")),
		Distribution(account, "GOODINSIDE", []string{"https-only"}, modern, "", off, inside),
		Distribution(account, "BAD", []string{"redirect-to-https", "allow-all"}, own, "", off, bucket, custom("http-only", "TLSv1.2")),
		{Type: "cloudfront.vpcorigin", ID: "vo-good", Doc: Node{"Id": "vo-good", "VpcOriginEndpointConfig": Node{"OriginProtocolPolicy": "https-only",
			"OriginSslProtocols": Node{"Quantity": 1, "Items": List{Name: "SslProtocol", Items: []any{"TLSv1.2"}}}}}},
		{Type: "logs.source", Region: "us-east-1", ID: "good", Doc: Node{"name": "good", "service": "cloudfront",
			"resourceArns": []string{"arn:aws:cloudfront::" + account + ":distribution/GOODINSIDE"}}},
		{Type: "logs.source", Region: "us-east-1", ID: "bad", Doc: Node{"name": "bad", "service": "cloudfront",
			"resourceArns": []string{"arn:aws:cloudfront::" + account + ":distribution/BAD"}}},
		{Type: "logs.delivery", Region: "us-east-1", ID: "good", Doc: Node{"id": "good", "deliverySourceName": "good"}},
	}
}
