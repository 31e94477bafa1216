// Package mysql reads the option files of MariaDB and MySQL as their servers do: all groups that the server reads, in the order of the
// files, with includes.
//
// https://mariadb.com/docs/server/server-management/install-and-upgrade-mariadb/configuring-mariadb/configuring-mariadb-with-option-files
package mysql
