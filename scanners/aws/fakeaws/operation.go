package fakeaws

import "net/http"

// An Operation is one operation of one service and how it is answered: as a list (Lists), as one resource (Of) or by a
// function (Answer). The zero of every field that is not needed may stay.
type Operation struct {
	// Name is the SDK's package and the operation: "s3.GetBucketEncryption".
	Name string
	// Path is the method and the path of REST operations, with variables and the query parameters that tell operations apart:
	// "GET /{Bucket}?encryption", "GET /2015-03-31/functions/{FunctionName}/policy". "{Name+}" takes all that follows.
	Path string
	// Action is the IAM action that allows the operation, "s3:GetEncryptionConfiguration". When it is empty, it is the
	// service's prefix and the operation's name.
	Action string
	// Root is the root element of a REST XML answer; other protocols need none.
	Root string

	// Lists is the resource type whose resources in the caller's account and region are answered. Each is shown by Show, by its
	// Sub entry for the operation, or as its Doc.
	Lists string
	// At is where the items stand in the answer: "Buckets", or a path, "DistributionList/Items".
	At string
	// Item is the XML element of one item when it is not the protocol's own ("member", in EC2 "item"); "-" repeats At's last
	// element without a wrapper (a flattened list).
	Item string
	// TokenIn and SizeIn are the parameters, TokenOut the path in the answer, that turn pages. Without TokenOut all items come
	// on one page.
	TokenIn, TokenOut, SizeIn string
	// Truncated is the path of the boolean that says whether more follows, in services that have one ("IsTruncated").
	Truncated string
	// MaxPage is the service's own largest page (100 when it is zero), also the page that it gives when it is not asked for a size.
	MaxPage int
	// Keep says which resources the request asks for; nil keeps all.
	Keep func(Request, Resource) bool
	// Show makes of a resource what the operation answers; a Sub entry of the resource goes before it.
	Show func(Resource) any
	// More is what else stands in the answer.
	More Node

	// Of is the resource type of which one is answered: by its Sub entry for the operation, a Node, an Answer, an Error, or a
	// slice of items that is paged at At; without one by Show, and without that by Absent.
	Of string
	// By is the parameter or path variable that names resources. In operations with Lists it narrows the list, when it is given.
	// An operation with Of and without By is about the account's one resource of the type, whose ID is "".
	By string
	// Refuse may refuse a resource that was found, as S3 does in the wrong region; the zero Error refuses nothing.
	Refuse func(Request, Resource) Error
	// Absent is answered for a resource without a Sub entry, as NoSuchBucketPolicy; the zero is an empty answer.
	Absent Error
	// Missing is answered when no resource has the name, as NoSuchBucket; the zero is an empty answer.
	Missing Error

	// Answer answers when neither a list nor a resource does.
	Answer func(Request) Answer
}

// A Request is what a client asked.
type Request struct {
	// Account and Region are those of the caller's keys.
	Account, Region string
	// Operation is the name of the operation asked for.
	Operation string
	// Params are the parameters: the path's, the query's and the body's.
	Params Params
	// Header is the request's.
	Header http.Header

	server *Server
}

// Resources returns the resources of a type in the caller's account and region, those without a region before the others.
func (r Request) Resources(kind string) []Resource {
	return r.server.index.list(r.Account, r.Region, kind)
}

// Resource returns the resource of a type that has the name or ARN, and whether there is one.
func (r Request) Resource(kind, id string) (Resource, bool) {
	return r.server.index.get(r.Account, r.Region, kind, id)
}

// Accounts returns all accounts of the estate in its order.
func (r Request) Accounts() []Account { return r.server.index.all }

// Owner returns the account of the caller's keys.
func (r Request) Owner() Account { return r.server.index.accounts[r.Account] }

// An Answer is what an operation answers: an Error, or a body with a status (200 when it is zero) and headers.
type Answer struct {
	Status int
	Header map[string]string
	Body   Node
	// Items are put into the body at the operation's At, page by page.
	Items []any
	// Raw is a body that is no structure of the protocol; it goes before Body.
	Raw   []byte
	Error Error
}

// An Error is an error of AWS. The zero is none. Words in the message like <account>, <region>, <action>, <resource> and
// <operation> are filled in.
type Error struct {
	Status        int
	Code, Message string
	Header        map[string]string

	special special
}

// None says that the error is the zero, no error.
func (e Error) None() bool { return e.Code == "" && e.special == ordinary && e.Status == 0 }
