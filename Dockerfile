# docker build -t draht . && docker run --env-file .env -v draht:/var/lib/draht draht
# PYTHON is a build argument so that a mirror of Docker Hub can stand in.
ARG PYTHON=python:3.12-slim-bookworm

FROM ${PYTHON} AS build
WORKDIR /src
ENV UV_PROJECT_ENVIRONMENT=/opt/draht UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 UV_PYTHON_DOWNLOADS=never
RUN python3 -m pip install --no-cache-dir --root-user-action=ignore uv
# The libraries change less often than Draht: they are a layer of their own.
COPY pyproject.toml uv.lock README.md ./
RUN uv sync --frozen --no-dev --extra fleet --extra services --no-install-project
COPY bot bot
COPY config config
RUN uv sync --frozen --no-dev --extra fleet --extra services --no-editable

FROM ${PYTHON}
RUN useradd --system --uid 10001 --home-dir /var/lib/draht --create-home --shell /usr/sbin/nologin draht
COPY --from=build /opt/draht /opt/draht
ENV PATH=/opt/draht/bin:$PATH DRAHT_STATE=/var/lib/draht
USER draht
WORKDIR /var/lib/draht
VOLUME /var/lib/draht
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s CMD ["draht", "doctor", "--alive"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["draht"]
CMD ["run"]
