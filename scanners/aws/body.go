package aws

import (
	"context"
	"io"

	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// plainBodies makes request bodies that can be read and rewound and nothing else. The SDK closes a request's body as soon as
// the answer begins; where the transport still writes it, the connection is lost with the answer on it.
// https://github.com/aws/aws-sdk-go-v2/issues/2737
func plainBodies(stack *middleware.Stack) error {
	return stack.Serialize.Add(middleware.SerializeMiddlewareFunc("tomscanBody", plainBody), middleware.After)
}

func plainBody(ctx context.Context, in middleware.SerializeInput, next middleware.SerializeHandler) (
	middleware.SerializeOutput, middleware.Metadata, error,
) {
	if request, ok := in.Request.(*smithyhttp.Request); ok {
		if stream, ok := request.GetStream().(io.ReadSeeker); ok {
			plain, err := request.SetStream(struct{ io.ReadSeeker }{stream})
			if err != nil {
				return middleware.SerializeOutput{}, middleware.Metadata{}, err
			}
			in.Request = plain
		}
	}
	return next.HandleSerialize(ctx, in)
}
