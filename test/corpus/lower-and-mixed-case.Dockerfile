from debian:trixie-slim as Base
run true
Env A=b
cmd ["true"]

From scratch
Copy --from=BASE /etc/os-release /os-release
