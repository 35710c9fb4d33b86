FR\
OM debian:trixie-slim
R\
UN true
