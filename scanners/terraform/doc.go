// Package terraform collects facts from Terraform configurations: it evaluates every root module below the given paths,
// without a network and without a terraform binary, and reads the AWS resources that they declare as resources of the
// evidence package. One file per AWS service knows what the provider's arguments mean and what AWS does where they are
// left out. What the code does not decide is unresolved with its reason, never assumed.
package terraform
