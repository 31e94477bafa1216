// Package postgres reads what a PostgreSQL cluster is configured to do: its settings, with includes and ALTER SYSTEM, and which
// connections its host-based authentication lets in.
package postgres
