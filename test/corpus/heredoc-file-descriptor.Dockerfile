FROM debian:trixie-slim
SHELL ["/bin/bash", "-c"]
RUN cat <&3 3<<EOF > /three
from descriptor three
EOF
RUN cat /three
