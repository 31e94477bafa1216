package main

import (
	"crypto/tls"
	"encoding/pem"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"

	"github.com/rogpeppe/go-internal/testscript"
)

// fakeSite runs `fakesite NAME [VERSION]`: a loopback site over TLS whose URL is in $NAME and whose certificate is in the file
// NAME.pem. VERSION is the lowest version that it accepts, 1.0 or 1.2.
func fakeSite(s *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 || len(args) > 2 {
		s.Fatalf("usage: fakesite NAME [VERSION]")
	}
	lowest := uint16(tls.VersionTLS12)
	if len(args) == 2 && args[1] == "1.0" {
		lowest = tls.VersionTLS10
	}
	server := startSite(lowest, "max-age=31536000")
	s.Defer(server.Close)
	s.Setenv(args[0], server.URL)
	s.Check(os.WriteFile(s.MkAbs(args[0]+".pem"), certificateOf(server), 0o600))
}

// startSite starts a loopback site over TLS, of this version or a later one, that sends HSTS unless it is empty.
func startSite(lowest uint16, hsts string) *httptest.Server {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if hsts != "" {
			w.Header().Set("Strict-Transport-Security", hsts)
		}
		w.Header().Set("Set-Cookie", "session=canary-cookie")
		_, _ = w.Write([]byte("canary-body"))
	}))
	server.TLS = &tls.Config{MinVersion: lowest}
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	return server
}

// certificateOf is the certificate of a site, as a file of trusted roots has it.
func certificateOf(server *httptest.Server) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
}
