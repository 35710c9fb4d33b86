FROM debian:trixie-slim
RUN <<-EOF
	echo one
		echo two
	EOF
COPY <<-FILE /file
	indented
	FILE
