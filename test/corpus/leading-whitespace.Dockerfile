   FROM debian:trixie-slim
	RUN true
 	 ENV A=b
    # an indented comment
  CMD ["true"]
