#!/bin/sh
# A Kerberos KDC on port 8888 of localhost: realm PROBE.TEST, user "user", service "probe/localhost".
set -eu
cat >/etc/krb5.conf <<END
[libdefaults]
default_realm = PROBE.TEST
END
mkdir -p /etc/krb5kdc /var/lib/krb5kdc
cat >/etc/krb5kdc/kdc.conf <<END
[kdcdefaults]
kdc_listen = 127.0.0.1:8888
kdc_tcp_listen = 127.0.0.1:8888
[realms]
PROBE.TEST = {
  database_name = /var/lib/krb5kdc/principal
  key_stash_file = /etc/krb5kdc/stash
  supported_enctypes = aes256-cts:normal
}
END
kdb5_util create -s -r PROBE.TEST -P master >/dev/null
kadmin.local -q 'addprinc +requires_preauth -pw secret user' >/dev/null
kadmin.local -q 'addprinc -pw service probe/localhost' >/dev/null
krb5kdc
echo ready
exec sleep 600
