#!/bin/sh
# An LDAP server on port 3890 of localhost with one person.
set -eu
mkdir -p /srv/ldap
cat >/srv/slapd.conf <<END
include /etc/ldap/schema/core.schema
modulepath /usr/lib/ldap
moduleload back_mdb
database mdb
suffix "dc=probe,dc=test"
rootdn "cn=admin,dc=probe,dc=test"
rootpw secret
directory /srv/ldap
END
slapadd -f /srv/slapd.conf <<END
dn: dc=probe,dc=test
objectClass: dcObject
objectClass: organization
dc: probe
o: Probe

dn: cn=Grace Hopper,dc=probe,dc=test
objectClass: person
cn: Grace Hopper
sn: Hopper
END
slapd -f /srv/slapd.conf -h ldap://127.0.0.1:3890
echo ready
exec sleep 600
