package aws

import (
	"context"

	sdk "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/lambda/types"

	"github.com/tomscan/tomscan/evidence"
)

// functions reads functions, without their code and environment variables.
func functions() reader {
	kind := []evidence.Kind{evidence.Function{}.Kind()}
	return reader{
		service: "lambda", kinds: kind,
		operations: []operation{
			{name: "GetPolicy", action: "lambda:GetPolicy", fills: []string{"function.open_to_everybody", "function.public_url"}},
			{name: "ListFunctionUrlConfigs", action: "lambda:ListFunctionUrlConfigs", fills: []string{"function.public_url"}},
			{name: "ListFunctions", action: "lambda:ListFunctions", lists: kind},
		},
		read: readFunctions,
	}
}

// function is what is kept of a function. The list has environment variables too: they are dropped with the page.
type function struct {
	arn, name, runtime string
	image              bool
}

func readFunctions(ctx context.Context, s *site) {
	client := lambda.NewFromConfig(s.config())
	in := &lambda.ListFunctionsInput{MaxItems: sdk.Int32(50)}
	next := func(i *lambda.ListFunctionsInput, o *lambda.ListFunctionsOutput) (**string, *string) {
		return &i.Marker, o.NextMarker
	}
	all, m := pages(ctx, s, "", client.ListFunctions, in, next, func(o *lambda.ListFunctionsOutput) []function {
		var all []function
		for i := range o.Functions {
			f := &o.Functions[i]
			all = append(all, function{arn: sdk.ToString(f.FunctionArn), name: sdk.ToString(f.FunctionName), runtime: string(f.Runtime),
				image: f.PackageType == types.PackageTypeImage})
		}
		return all
	})
	s.hide(m, evidence.Function{}.Kind())
	each(ctx, s, all, func(ctx context.Context, f function) {
		open, url := s.functionOpen(ctx, client, f.name)
		runtime := f.runtime
		if f.image {
			runtime = "image"
		}
		s.add(thing{arn: f.arn, typ: "lambda:function", name: f.name}, evidence.Function{
			Placement: s.placed(nil), PublicURL: url, OpenToEverybody: open,
			Runtime: evidence.Known(runtime), RuntimeSupported: runtimeSupported(runtime, s.now()),
		})
	})
}
