package fakeaws

import "net/http"

// lambdaOperations are those of Lambda. Resources: "lambda.function", by name; policies of aliases are "lambda.alias", by
// name and alias with a colon between.
func lambdaOperations() []Operation {
	missing := Error{Status: http.StatusNotFound, Code: "ResourceNotFoundException", Message: "The resource you requested does not exist."}
	return []Operation{
		{Name: "lambda.GetPolicy", Path: "GET /2015-03-31/functions/{FunctionName}/policy", By: "FunctionName", Answer: func(r Request) Answer {
			kind, id := "lambda.function", r.Params.Get("FunctionName")
			if alias := r.Params.Get("Qualifier"); alias != "" {
				kind, id = "lambda.alias", id+":"+alias
			}
			f, ok := r.Resource(kind, id)
			policy, has := f.Sub["lambda.GetPolicy"].(Node)
			if !ok || !has {
				return Answer{Error: missing}
			}
			return Answer{Body: policy}
		}},
		{
			Name: "lambda.ListFunctionUrlConfigs", Path: "GET /2021-10-31/functions/{FunctionName}/urls", Of: "lambda.function", By: "FunctionName",
			At: "FunctionUrlConfigs", Missing: missing, TokenIn: "Marker", TokenOut: "NextMarker", SizeIn: "MaxItems", MaxPage: 50,
		},
		{
			Name: "lambda.ListFunctions", Path: "GET /2015-03-31/functions", Lists: "lambda.function", At: "Functions",
			TokenIn: "Marker", TokenOut: "NextMarker", SizeIn: "MaxItems", MaxPage: 50,
		},
	}
}

// Function is a function with its runtime ("" for an image), its policy's statements ("" for no policy) and how its
// addresses ask who is there, by alias. Its environment holds a secret that nobody may keep.
func Function(account, name, runtime, statements string, urls map[string]string) Resource {
	arn := "arn:aws:lambda:eu-central-1:" + account + ":function:" + name
	doc := Node{"FunctionName": name, "FunctionArn": arn, "PackageType": "Image", "Environment": Node{"Variables": Node{"PASSWORD": "canary-" + name}}}
	if runtime != "" {
		doc["PackageType"], doc["Runtime"] = "Zip", runtime
	}
	configs := []Node{}
	for alias, auth := range urls {
		url := arn
		if alias != "" {
			url += ":" + alias
		}
		configs = append(configs, Node{"FunctionArn": url, "FunctionUrl": "https://x.lambda-url.eu-central-1.on.aws/", "AuthType": auth})
	}
	sub := map[string]any{"lambda.ListFunctionUrlConfigs": configs}
	if statements != "" {
		sub["lambda.GetPolicy"] = Node{"Policy": `{"Version":"2012-10-17","Statement":[` + statements + `]}`, "RevisionId": "1"}
	}
	return Resource{Type: "lambda.function", Region: "eu-central-1", ID: name, Doc: doc, Sub: sub}
}

// lambdaEstate are functions: for a bucket alone; for everybody by their policy; by an address of their own; by that of an
// alias; with an address that the policy does not open.
func lambdaEstate(account string) []Resource {
	bucket := `{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"*",` +
		`"Condition":{"StringEquals":{"AWS:SourceAccount":"` + account + `"}}}`
	world := `{"Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunction","Resource":"*"}`
	url := `{"Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunctionUrl","Resource":"*","Condition":{"StringEquals":{"lambda:FunctionUrlAuthType":"NONE"}}}`
	alias := Function(account, "bad-alias:live", "", url, nil)
	alias.Type = "lambda.alias"
	return []Resource{
		alias,
		Function(account, "good-orders", "python3.14", bucket, nil),
		Function(account, "good-image", "", "", map[string]string{"": "AWS_IAM"}),
		Function(account, "good-closed", "nodejs24.x", "", map[string]string{"": "NONE"}),
		Function(account, "bad-open", "nodejs16.x", world, nil),
		Function(account, "bad-url", "java17", url, map[string]string{"": "NONE"}),
		Function(account, "bad-alias", "python9.9", "", map[string]string{"live": "NONE"}),
	}
}
