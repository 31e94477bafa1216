package fakeaws

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Secret is the secret key of every account.
const Secret = "fake"

// AccessKey returns the access key id that belongs to an account; its secret is Secret.
func AccessKey(account string) string { return "AKIAFAKE" + account }

// A Server is a fake AWS: all services, accounts and regions at one address of this machine. It is safe for concurrent use.
type Server struct {
	// URL is the base endpoint for the SDK's clients: "http://127.0.0.1:12345".
	URL string

	index  index
	router router
	http   *http.Server

	mu       sync.Mutex
	requests int
	calls    []Call
	unknown  map[string]bool
	rules    []*Rule
	hanging  map[string]bool
	latency  time.Duration
	limit    limit
	now      func() time.Time
}

// New starts a server with what exists in the estate. Close it.
func New(e Estate) *Server {
	return start(e, operations())
}

// NewPaged starts a server whose lists have pages of at most so many items, so that small estates have second pages too.
func NewPaged(e Estate, size int) *Server {
	all := operations()
	for i := range all {
		if all[i].TokenOut != "" {
			all[i].MaxPage = size
		}
	}
	return start(e, all)
}

func start(e Estate, operations []Operation) *Server {
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // listening on loopback does not wait
	if err != nil {
		panic("fakeaws: no loopback address to listen on: " + err.Error())
	}
	s := &Server{
		URL:     "http://" + listener.Addr().String(),
		index:   newIndex(e),
		router:  newRouter(operations),
		unknown: map[string]bool{},
		hanging: map[string]bool{},
		now:     time.Now,
	}
	s.http = &http.Server{Handler: http.HandlerFunc(s.serve), ReadHeaderTimeout: time.Minute}
	go func() { _ = s.http.Serve(listener) }()
	return s
}

// Close ends the server and all requests that wait.
func (s *Server) Close() { _ = s.http.Close() }

// serve answers one request.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 16<<20))
	if err != nil {
		return
	}
	scope := scopeOf(r)
	svc, op, params, ok := s.router.find(r, scope.signing, body)
	reply := reply{w: w, service: svc, id: s.requestID()}
	if !ok {
		s.missed(r, scope.signing)
		reply.error(Error{Status: http.StatusNotFound, Code: "UnknownOperationException", Message: "fakeaws knows no such operation"})
		return
	}
	req := Request{Account: scope.account, Region: scope.region, Operation: op.Name, Params: params, Header: r.Header, server: s}
	call := Call{Operation: op.Name, Account: req.Account, Region: req.Region, Resource: op.resource(params)}
	page, _ := op.page(params)
	call.Page = page.number
	place := s.begin(call)
	if s.wait(r.Context(), op.Name) {
		s.end(place, s.reply(reply, op, req, call))
	}
}

// reply answers a request that was understood, and returns the status.
func (s *Server) reply(w reply, op *Operation, req Request, c Call) int {
	fill := fillWords(req, op, w.service, c, s.index)
	if err := s.index.admit(c.Account, c.Region); !err.None() {
		return w.error(fill(err.resolve(w.service)))
	}
	fault, broken := s.fault(c, op.resources(req.Params))
	if fault.special == dropped {
		return w.drop()
	}
	if broken && fault.special != malformed && fault.special != emptyPage {
		return w.error(fill(fault.resolve(w.service)))
	}
	if _, err := op.page(req.Params); !err.None() {
		return w.error(err)
	}
	answer := op.answer(req, w.service, fault.special == emptyPage)
	if !answer.Error.None() {
		return w.error(fill(answer.Error.resolve(w.service)))
	}
	return w.answer(op, answer, fault.special == malformed)
}

// wait spends the latency and says whether the request shall be answered at all.
func (s *Server) wait(ctx context.Context, operation string) bool {
	s.mu.Lock()
	latency, hangs := s.latency, s.hanging[operation]
	s.mu.Unlock()
	if hangs {
		<-ctx.Done()
		return false
	}
	if latency == 0 {
		return true
	}
	timer := time.NewTimer(latency)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func (s *Server) requestID() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests++
	return fmt.Sprintf("00000000-0000-4000-8000-%012d", s.requests)
}

// missed records a request that belongs to no operation.
func (s *Server) missed(r *http.Request, signing string) {
	words := []string{r.Method, r.URL.RequestURI()}
	if target := r.Header.Get("X-Amz-Target"); target != "" {
		words = append(words, target)
	}
	if action := r.PostForm.Get("Action"); action != "" {
		words = append(words, action, r.PostForm.Get("Version"))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unknown[strings.Join(append(words, "("+signing+")"), " ")] = true
}

// fillWords fills in what an error's message says about the request.
func fillWords(req Request, op *Operation, s service, c Call, i index) func(Error) Error {
	action, resource := op.Action, c.Resource
	if action == "" {
		action = s.action(op.Name)
	}
	if resource == "" {
		resource = "*"
	}
	words := strings.NewReplacer("<account>", req.Account, "<region>", req.Region, "<operation>", op.Name,
		"<action>", action, "<resource>", resource, "<partition>", i.accounts[req.Account].Partition)
	return func(e Error) Error {
		e.Message = words.Replace(e.Message)
		return e
	}
}
