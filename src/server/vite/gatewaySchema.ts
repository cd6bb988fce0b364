// The structure of the Gateway API, which the official client does not have: its standard channel, v1.3, written down as
// kubernetesSchema.ts writes what it reads.
//
// Read:    gateway-api.sigs.k8s.io/reference/spec.

type Definitions = Readonly<Record<string, Readonly<Record<string, string>>>>;

const GROUP = 'gateway.networking.k8s.io';

export const GATEWAY_KINDS: Readonly<Record<string, string>> = {
  [`${GROUP}/v1 GatewayClass`]: 'GatewayV1GatewayClass',
  [`${GROUP}/v1 Gateway`]: 'GatewayV1Gateway',
  [`${GROUP}/v1 HTTPRoute`]: 'GatewayV1HTTPRoute',
  [`${GROUP}/v1 GRPCRoute`]: 'GatewayV1GRPCRoute',
  [`${GROUP}/v1beta1 ReferenceGrant`]: 'GatewayV1beta1ReferenceGrant',
};

/** What every kind has. */
function kind(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { apiVersion: 'string', kind: 'string', metadata: '@V1ObjectMeta', ...fields };
}

const OBJECT_REFERENCE = { group: '!string', kind: '!string', name: '!string' };
const BACKEND = { group: 'string', kind: 'string', name: '!string', namespace: 'string', port: 'int32' };

export const GATEWAY_DEFINITIONS: Definitions = {
  GatewayV1GatewayClass: kind({ spec: '!@GatewayV1GatewayClassSpec', status: '@GatewayV1GatewayClassStatus' }),
  GatewayV1GatewayClassSpec: {
    controllerName: '!string',
    parametersRef: '@GatewayV1ParametersReference',
    description: 'string',
  },
  GatewayV1ParametersReference: { ...OBJECT_REFERENCE, namespace: 'string' },
  GatewayV1GatewayClassStatus: { conditions: '[]@V1Condition', supportedFeatures: '[]@GatewayV1SupportedFeature' },
  GatewayV1SupportedFeature: { name: '!string' },

  GatewayV1Gateway: kind({ spec: '!@GatewayV1GatewaySpec', status: '@GatewayV1GatewayStatus' }),
  GatewayV1GatewaySpec: {
    gatewayClassName: '!string',
    listeners: '![]@GatewayV1Listener',
    addresses: '[]@GatewayV1GatewayAddress',
    infrastructure: '@GatewayV1GatewayInfrastructure',
  },
  GatewayV1GatewayAddress: { type: 'string', value: 'string' },
  GatewayV1GatewayInfrastructure: {
    labels: '{}string',
    annotations: '{}string',
    parametersRef: '@GatewayV1LocalObjectReference',
  },
  GatewayV1LocalObjectReference: OBJECT_REFERENCE,
  GatewayV1Listener: {
    name: '!string',
    hostname: 'string',
    port: '!int32',
    protocol: '!string',
    tls: '@GatewayV1GatewayTLSConfig',
    allowedRoutes: '@GatewayV1AllowedRoutes',
  },
  GatewayV1GatewayTLSConfig: {
    mode: 'string',
    certificateRefs: '[]@GatewayV1SecretObjectReference',
    options: '{}string',
  },
  GatewayV1SecretObjectReference: { group: 'string', kind: 'string', name: '!string', namespace: 'string' },
  GatewayV1AllowedRoutes: { namespaces: '@GatewayV1RouteNamespaces', kinds: '[]@GatewayV1RouteGroupKind' },
  GatewayV1RouteNamespaces: { from: 'string', selector: '@V1LabelSelector' },
  GatewayV1RouteGroupKind: { group: 'string', kind: '!string' },
  GatewayV1GatewayStatus: {
    addresses: '[]@GatewayV1GatewayAddress',
    conditions: '[]@V1Condition',
    listeners: '[]@GatewayV1ListenerStatus',
  },
  GatewayV1ListenerStatus: {
    name: '!string',
    supportedKinds: '![]@GatewayV1RouteGroupKind',
    attachedRoutes: '!int32',
    conditions: '![]@V1Condition',
  },

  GatewayV1HTTPRoute: kind({ spec: '!@GatewayV1HTTPRouteSpec', status: '@GatewayV1RouteStatus' }),
  GatewayV1HTTPRouteSpec: {
    parentRefs: '[]@GatewayV1ParentReference',
    hostnames: '[]string',
    rules: '[]@GatewayV1HTTPRouteRule',
  },
  GatewayV1ParentReference: {
    group: 'string',
    kind: 'string',
    namespace: 'string',
    name: '!string',
    sectionName: 'string',
    port: 'int32',
  },
  GatewayV1HTTPRouteRule: {
    name: 'string',
    matches: '[]@GatewayV1HTTPRouteMatch',
    filters: '[]@GatewayV1HTTPRouteFilter',
    backendRefs: '[]@GatewayV1HTTPBackendRef',
    timeouts: '@GatewayV1HTTPRouteTimeouts',
  },
  GatewayV1HTTPRouteTimeouts: { request: 'string', backendRequest: 'string' },
  GatewayV1HTTPRouteMatch: {
    path: '@GatewayV1HTTPPathMatch',
    headers: '[]@GatewayV1HeaderMatch',
    queryParams: '[]@GatewayV1HeaderMatch',
    method: 'string',
  },
  GatewayV1HTTPPathMatch: { type: 'string', value: 'string' },
  GatewayV1HeaderMatch: { type: 'string', name: '!string', value: '!string' },
  GatewayV1HTTPRouteFilter: {
    type: '!string',
    requestHeaderModifier: '@GatewayV1HTTPHeaderFilter',
    responseHeaderModifier: '@GatewayV1HTTPHeaderFilter',
    requestMirror: '@GatewayV1HTTPRequestMirrorFilter',
    requestRedirect: '@GatewayV1HTTPRequestRedirectFilter',
    urlRewrite: '@GatewayV1HTTPURLRewriteFilter',
    extensionRef: '@GatewayV1LocalObjectReference',
  },
  GatewayV1HTTPHeaderFilter: { set: '[]@GatewayV1HTTPHeader', add: '[]@GatewayV1HTTPHeader', remove: '[]string' },
  GatewayV1HTTPHeader: { name: '!string', value: '!string' },
  GatewayV1HTTPRequestMirrorFilter: {
    backendRef: '!@GatewayV1BackendObjectReference',
    percent: 'int32',
    fraction: '@GatewayV1Fraction',
  },
  GatewayV1Fraction: { numerator: '!int32', denominator: 'int32' },
  GatewayV1BackendObjectReference: BACKEND,
  GatewayV1HTTPRequestRedirectFilter: {
    scheme: 'string',
    hostname: 'string',
    path: '@GatewayV1HTTPPathModifier',
    port: 'int32',
    statusCode: 'int32',
  },
  GatewayV1HTTPPathModifier: { type: '!string', replaceFullPath: 'string', replacePrefixMatch: 'string' },
  GatewayV1HTTPURLRewriteFilter: { hostname: 'string', path: '@GatewayV1HTTPPathModifier' },
  GatewayV1HTTPBackendRef: { ...BACKEND, weight: 'int32', filters: '[]@GatewayV1HTTPRouteFilter' },
  GatewayV1RouteStatus: { parents: '![]@GatewayV1RouteParentStatus' },
  GatewayV1RouteParentStatus: {
    parentRef: '!@GatewayV1ParentReference',
    controllerName: '!string',
    conditions: '[]@V1Condition',
  },

  GatewayV1GRPCRoute: kind({ spec: '@GatewayV1GRPCRouteSpec', status: '@GatewayV1RouteStatus' }),
  GatewayV1GRPCRouteSpec: {
    parentRefs: '[]@GatewayV1ParentReference',
    hostnames: '[]string',
    rules: '[]@GatewayV1GRPCRouteRule',
  },
  GatewayV1GRPCRouteRule: {
    name: 'string',
    matches: '[]@GatewayV1GRPCRouteMatch',
    filters: '[]@GatewayV1GRPCRouteFilter',
    backendRefs: '[]@GatewayV1GRPCBackendRef',
  },
  GatewayV1GRPCRouteMatch: { method: '@GatewayV1GRPCMethodMatch', headers: '[]@GatewayV1HeaderMatch' },
  GatewayV1GRPCMethodMatch: { type: 'string', service: 'string', method: 'string' },
  GatewayV1GRPCRouteFilter: {
    type: '!string',
    requestHeaderModifier: '@GatewayV1HTTPHeaderFilter',
    responseHeaderModifier: '@GatewayV1HTTPHeaderFilter',
    requestMirror: '@GatewayV1HTTPRequestMirrorFilter',
    extensionRef: '@GatewayV1LocalObjectReference',
  },
  GatewayV1GRPCBackendRef: { ...BACKEND, weight: 'int32', filters: '[]@GatewayV1GRPCRouteFilter' },

  GatewayV1beta1ReferenceGrant: kind({ spec: '@GatewayV1beta1ReferenceGrantSpec' }),
  GatewayV1beta1ReferenceGrantSpec: {
    from: '![]@GatewayV1beta1ReferenceGrantFrom',
    to: '![]@GatewayV1beta1ReferenceGrantTo',
  },
  GatewayV1beta1ReferenceGrantFrom: { group: '!string', kind: '!string', namespace: '!string' },
  GatewayV1beta1ReferenceGrantTo: { group: '!string', kind: '!string', name: 'string' },
};
