package fakeaws

import "net/http"

// cognitoOperations are those of Cognito's user pools. Resources: "cognito.pool", by id; Doc is the whole description.
func cognitoOperations() []Operation {
	return []Operation{
		{
			Name: "cognitoidentityprovider.DescribeUserPool", Of: "cognito.pool", By: "UserPoolId",
			Show:    func(r Resource) any { return Node{"UserPool": r.Doc} },
			Missing: Error{Status: http.StatusBadRequest, Code: "ResourceNotFoundException", Message: "User pool <resource> does not exist."},
		},
		{
			Name: "cognitoidentityprovider.ListUserPools", Lists: "cognito.pool", At: "UserPools",
			TokenIn: "NextToken", TokenOut: "NextToken", SizeIn: "MaxResults", MaxPage: 60,
			Show: func(r Resource) any { return Node{"Id": r.ID, "Name": r.Doc["Name"]} },
		},
	}
}

// cognitoEstate are a strict user pool and a lax one.
func cognitoEstate(string) []Resource {
	password := func(length int, strict bool) Node {
		return Node{"PasswordPolicy": Node{"MinimumLength": length, "RequireLowercase": true, "RequireNumbers": strict,
			"RequireSymbols": strict, "RequireUppercase": strict, "TemporaryPasswordValidityDays": 7}}
	}
	return []Resource{
		{Type: "cognito.pool", Region: "eu-central-1", ID: "eu-central-1_good", Doc: Node{
			"Id": "eu-central-1_good", "Name": "good-pool", "MfaConfiguration": "ON", "Policies": password(14, true),
			"UserPoolAddOns": Node{"AdvancedSecurityMode": "ENFORCED"}}},
		{Type: "cognito.pool", Region: "eu-central-1", ID: "eu-central-1_bad", Doc: Node{
			"Id": "eu-central-1_bad", "Name": "bad-pool", "MfaConfiguration": "OFF", "Policies": password(6, false)}},
	}
}
