FROM debian:trixie-slim
COPY <<EOF /crlf.txt
first line
second line
EOF
COPY <<-END /tabs.txt
	chomped
	END
