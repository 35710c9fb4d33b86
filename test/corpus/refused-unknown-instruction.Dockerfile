FROM debian:trixie-slim
RUNN true
DH-NATIVE x
DHI true
