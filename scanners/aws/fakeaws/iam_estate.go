package fakeaws

// The policies of the standard estate.
const (
	readOneBucket = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::good/*"}]}`
	doEverything  = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}`
	secondFactor  = `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","NotAction":"iam:EnableMFADevice","Resource":"*",` +
		`"Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}]}`
)

// iamReportColumns is the first line of a credential report.
const iamReportColumns = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active," +
	"access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service," +
	"access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service," +
	"cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated"

// iamEstate has good users and policies, and bad ones, beside what services and IAM Identity Center make.
func iamEstate(account string) []Resource {
	arn := func(name string) string { return "arn:aws:iam::" + account + ":" + name }
	none := ",false,N/A,N/A,N/A,N/A"
	certificates := ",false,N/A,false,N/A"
	return []Resource{
		{Type: "iam.account", Sub: map[string]any{
			"iam.GetAccountPasswordPolicy": Node{"PasswordPolicy": Node{
				"MinimumPasswordLength": 14, "RequireSymbols": true, "RequireNumbers": true, "RequireUppercaseCharacters": true,
				"RequireLowercaseCharacters": true, "AllowUsersToChangePassword": true, "ExpirePasswords": false, "PasswordReusePrevention": 24}},
			"iam.GetAccountSummary": Node{"SummaryMap": Entries{
				"Users": 3, "AccountMFAEnabled": 1, "AccountAccessKeysPresent": 0, "AccountPasswordPresent": 1}},
			"iam.GetCredentialReport": IAMReport(iamReportColumns,
				"<root_account>,"+arn("root")+",2020-01-01T00:00:00+00:00,not_supported,2026-01-01T00:00:00+00:00,not_supported,not_supported,true"+none+none+certificates,
				"good-user,"+arn("user/good-user")+",2026-10-01T00:00:00+00:00,true,2026-11-20T00:00:00+00:00,2026-10-01T00:00:00+00:00,N/A,true"+none+none+certificates,
				"bad-user,"+arn("user/bad-user")+",2021-01-01T00:00:00+00:00,true,no_information,2021-01-01T00:00:00+00:00,N/A,false"+
					",true,2022-01-01T00:00:00+00:00,2022-02-01T00:00:00+00:00,us-east-1,s3"+
					",true,2026-11-01T00:00:00+00:00,N/A,N/A,N/A"+certificates,
				"good-machine,"+arn("user/ci/good-machine")+",2026-10-01T00:00:00+00:00,false,N/A,N/A,N/A,false"+
					",true,2026-10-12T12:00:00+00:00,2026-11-21T11:00:00+00:00,eu-central-1,s3"+none+certificates),
		}},
		iamUser(arn("user/good-user"), nil, "good-readers"),
		iamUser(arn("user/bad-user"), List{Name: "member", Items: []any{Node{"PolicyName": "bad-inline", "PolicyDocument": IAMPolicy(doEverything)}}}, ""),
		iamUser(arn("user/ci/good-machine"), nil, ""),
		iamHolder("GroupDetailList", "GroupName", arn("group/good-readers"), "/", arn("policy/good-second-factor")),
		iamHolder("RoleDetailList", "RoleName", arn("role/good-app"), "/", arn("policy/good-policy"), "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"),
		iamHolder("RoleDetailList", "RoleName", arn("role/good-worker"), "/", arn("policy/good-policy")),
		iamHolder("RoleDetailList", "RoleName", arn("role/bad-app"), "/", arn("policy/bad-policy"), "arn:aws:iam::aws:policy/AdministratorAccess"),
		iamHolder("RoleDetailList", "RoleName", arn("role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty"),
			"/aws-service-role/guardduty.amazonaws.com/", "arn:aws:iam::aws:policy/aws-service-role/AmazonGuardDutyServiceRolePolicy"),
		iamHolder("RoleDetailList", "RoleName", arn("role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef"),
			"/aws-reserved/sso.amazonaws.com/", "arn:aws:iam::aws:policy/AdministratorAccess"),
		iamPolicy(arn("policy/good-policy"), "good-policy", readOneBucket, 2),
		iamPolicy(arn("policy/good-second-factor"), "good-second-factor", secondFactor, 1),
		iamPolicy(arn("policy/bad-policy"), "bad-policy", doEverything, 1),
	}
}

// iamUser is a user with policies of his own.
func iamUser(arn string, inline any, group string) Resource {
	doc := Node{"Path": "/", "UserName": arn, "UserId": "AIDAFAKE", "Arn": arn, "UserPolicyList": inline}
	if group != "" {
		doc["GroupList"] = List{Name: "member", Items: []any{group}}
	}
	return Resource{Type: "iam.identity", ID: arn, Doc: doc, Sub: map[string]any{"list": "UserDetailList"}}
}

// iamHolder is a group or a role to which policies are attached.
func iamHolder(list, name, arn, path string, attached ...string) Resource {
	var items []any
	for _, policy := range attached {
		items = append(items, Node{"PolicyArn": policy, "PolicyName": policy})
	}
	return Resource{Type: "iam.identity", ID: arn, Sub: map[string]any{"list": list},
		Doc: Node{"Path": path, name: arn, "Arn": arn, "AttachedManagedPolicies": List{Name: "member", Items: items}}}
}

// iamPolicy is a policy of the customer, with an older version that no longer holds.
func iamPolicy(arn, name, document string, attachments int) Resource {
	versions := []any{
		Node{"VersionId": "v1", "IsDefaultVersion": false, "Document": IAMPolicy(doEverything)},
		Node{"VersionId": "v2", "IsDefaultVersion": true, "Document": IAMPolicy(document)},
	}
	return Resource{Type: "iam.identity", ID: arn, Sub: map[string]any{"list": "Policies"}, Doc: Node{
		"PolicyName": name, "Arn": arn, "Path": "/", "AttachmentCount": attachments, "DefaultVersionId": "v2", "IsAttachable": true,
		"PolicyVersionList": List{Name: "member", Items: versions}}}
}
