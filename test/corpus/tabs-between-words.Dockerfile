FROM	debian:trixie-slim	AS	base
RUN	echo	one
ENV	A=1	B=2
LABEL	a=b

FROM	scratch
COPY	--from=base	/etc/os-release	/os-release
